import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { Profile } from '../shared/domain/user.ts';

/** A decision taken on the sign-up form. */
export interface PendingDecision {
  readonly purpose: string;
  readonly granted: boolean;
}

/** What a sign-up keeps, sealed in its flow, until the address is proven. No account exists before (DESIGN section 1). */
export interface PendingAccount {
  readonly email: EmailAddress;
  readonly passwordHash: string;
  readonly profile: Profile;
  readonly decisions: readonly PendingDecision[];
  readonly [detail: string]: unknown;
}
