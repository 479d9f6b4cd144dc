import { iso } from '../shared/domain/time.ts';
import type { PersonalData, Profile, User } from '../shared/domain/user.ts';

/** The person's own data as the API shows it. */
export interface AccountView {
  readonly sub: string;
  readonly email: string;
  /** No account exists with an address that is not proven. */
  readonly email_verified: true;
  readonly profile: Profile;
  readonly locale: string;
  /** ISO 8601. */
  readonly created_at: string;
  readonly updated_at: string;
}

/** Shows an opened account to its owner. */
export function accountView(user: User, personal: PersonalData): AccountView {
  return {
    sub: user.id,
    email: personal.email,
    email_verified: true,
    profile: personal.profile,
    locale: user.locale,
    created_at: iso(user.createdAt),
    updated_at: iso(user.updatedAt),
  };
}
