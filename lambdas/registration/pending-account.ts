import type { Consent } from '../shared/domain/consent.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { Profile } from '../shared/domain/user.ts';

/** What a sign-up keeps, sealed in its flow, until the address is proven. No account exists before (DESIGN section 1). */
export interface PendingAccount {
  readonly email: EmailAddress;
  /** Nothing where the person goes without a password. */
  readonly passwordHash?: string;
  readonly profile: Profile;
  /** Evidence of what was shown and answered on the form; a deployment in between changes nothing in it (GD1). */
  readonly decisions: readonly Consent[];
  readonly [detail: string]: unknown;
}
