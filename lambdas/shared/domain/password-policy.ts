import type { PasswordPolicy } from './brand.ts';
import type { EmailAddress } from './email-address.ts';
import type { ProblemCode } from './problem.ts';
import { Refusal } from './refusal.ts';

/** Tells whether a lower-case password is on the list of common and breached ones. */
export type CommonPasswords = (password: string) => boolean;

/** Tells whether a password is known from a breach, by asking elsewhere; `patience` in milliseconds. Fails open. */
export type BreachedPasswords = (password: string, patience?: number) => Promise<boolean>;

/**
 * One form for each password however the keyboard composed it: NFKC once, before counting and hashing
 * (NIST SP 800-63B-4 section 3.1.1.2; REG4). Nothing is trimmed or cut (REG2).
 */
export function normalisePassword(raw: string): string {
  return raw.normalize('NFKC');
}

/** Length counts code points, not UTF-16 units (REG4). */
function codePoints(text: string): number {
  return [...text].length;
}

/** The shortest unit that repeated makes the whole: `abcabc` -> `abc`, `aaaa` -> `a`. */
function repeatedUnit(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

/** `123456789012345`, `abcdefghijklmno` and backwards: each character follows the one before it. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i++) {
    steps.add((text.charCodeAt(i) - text.charCodeAt(i - 1) + 10) % 10);
  }
  return steps.size <= 1 && /^(\d+|[a-z]+)$/.test(text);
}

function passwordFault(
  password: string,
  address: EmailAddress | undefined,
  policy: PasswordPolicy,
  isCommon: CommonPasswords,
): { readonly code: ProblemCode; readonly params?: Readonly<Record<string, number>> } | undefined {
  const length = codePoints(password);
  if (length < policy.minLength) return { code: 'password_too_short', params: { min: policy.minLength } };
  if (length > policy.maxLength) return { code: 'password_too_long', params: { max: policy.maxLength } };
  const folded = password.toLowerCase();
  const unit = repeatedUnit(folded);
  if (address && (folded === address || folded === address.slice(0, address.lastIndexOf('@'))))
    return { code: 'password_is_identifier' };
  if (policy.forbidden.some((word) => word.toLowerCase() === folded || word.toLowerCase() === unit))
    return { code: 'password_is_brand_word' };
  if (isCommon(folded) || isRun(folded) || (unit !== folded && (codePoints(unit) < 4 || isCommon(unit))))
    return { code: 'password_common' };
  return undefined;
}

/**
 * Holds a normalised password to the brand's policy. The whole password is compared, never a part of it, so that a
 * long phrase with a common word in it passes (NIST SP 800-63B-4 section 3.1.1.2; REG1-REG3). `address` is the owner's,
 * once it is known.
 * @throws Refusal `password_too_short`, `password_too_long`, `password_is_identifier`, `password_is_brand_word`, `password_common`
 */
export function checkPassword(
  password: string,
  address: EmailAddress | undefined,
  policy: PasswordPolicy,
  isCommon: CommonPasswords,
  field = 'password',
): void {
  const fault = passwordFault(password, address, policy, isCommon);
  if (!fault) return;
  throw new Refusal(fault.code, {
    ...(fault.params && { params: fault.params }),
    errors: [{ field, rule: fault.code, ...(fault.params && { params: fault.params }) }],
  });
}

/**
 * Holds a normalised password, which the policy allows, to the breaches that are known elsewhere.
 * @throws Refusal `password_common`
 */
export async function checkBreaches(
  password: string,
  isBreached: BreachedPasswords,
  field = 'password',
): Promise<void> {
  if (await isBreached(password)) {
    throw new Refusal('password_common', { errors: [{ field, rule: 'password_common' }] });
  }
}
