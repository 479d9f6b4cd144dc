import { iso } from '../shared/domain/time.ts';
import type { PersonalData, User } from '../shared/domain/user.ts';

/** A person's number as they see it; one that is not proven is not here (EM2). */
export interface PhoneView {
  readonly phone_number?: string;
  readonly phone_number_verified: boolean;
  /** ISO 8601 in UTC. */
  readonly verified_at?: string;
  readonly code_channel: 'mail' | 'text';
}

/** Shows what is known of a person's number, and how sign-in codes travel to them. */
export function phoneView({ phone }: PersonalData, channel: User['codeChannel']): PhoneView {
  if (!phone) return { phone_number_verified: false, code_channel: 'mail' };
  const verified_at = iso(phone.verifiedAt);
  return { phone_number: phone.number, phone_number_verified: true, verified_at, code_channel: channel ?? 'mail' };
}
