import type { Passkey, PasskeyChange } from './passkey.ts';
import type { FoundRecoveryCode } from './recovery-codes.ts';

/**
 * What a second factor is used up by: consumed in the transaction that ends the sign-in, each on a condition of its own,
 * so that a code is good for one sign-in and no more (MFA2, MFA6). `shared/store/spend-factor.ts` has a step for each.
 */
export type SpentFactor =
  /** The code in the pending sign-in itself; it dies with it. */
  | { readonly factor: 'mailed-code' }
  /** So does a texted one; the number that it went to must still be the person's. */
  | { readonly factor: 'sms'; readonly at: number }
  | { readonly factor: 'totp'; readonly step: number }
  /** As it was found, and what the use changes of it. */
  | { readonly factor: 'passkey'; readonly passkey: Passkey; readonly change: PasskeyChange }
  | ({ readonly factor: 'recovery-code' } & FoundRecoveryCode);
