import type { PasswordPolicy } from '../domain/brand.ts';
import { commonPasswords } from '../domain/common-passwords.ts';
import type { BreachedPasswords } from '../domain/password-policy.ts';

/**
 * Milliseconds that a sign-in waits for the range API beside its password hash: what comes later is for the next time,
 * out of the function's memory.
 */
const patience = 250;

/**
 * Tells of a normalised password at sign-in whether it is known to have leaked (LOG6), as far as the brand's policy
 * looks. Runs beside the hash, for every try alike (LOG1).
 */
export function leakedPasswords({ breaches }: PasswordPolicy, isBreached: BreachedPasswords) {
  return async (password: string): Promise<boolean> => {
    if (breaches.atSignIn === 'nothing') return false;
    const isCommon = await commonPasswords();
    if (isCommon(password.toLowerCase())) return true;
    return breaches.atSignIn === 'all' && isBreached(password, patience);
  };
}
