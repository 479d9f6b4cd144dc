import { type Acr, reaches } from './assurance.ts';
import type { Brand } from './brand.ts';
import { enrolledFactors, type FactorSummary } from './factors.ts';
import { check } from './refusal.ts';
import { seconds } from './time.ts';

/** Whether a sign-in is recent enough for what could take an account away (EM1). `authTime` in seconds, `now` in milliseconds. */
export function isRecent({ lifetimes }: Pick<Brand, 'lifetimes'>, authTime: number, now: number): boolean {
  return seconds(now) - authTime <= lifetimes.recentAuthentication;
}

/** Holds to a recent sign-in. @throws Refusal `recent_authentication_required` */
export function checkRecent(brand: Pick<Brand, 'lifetimes'>, authTime: number, now: number): void {
  check(isRecent(brand, authTime, now), 'recent_authentication_required');
}

/** What an account signs in with, as far as its level depends on it. */
export interface Owned {
  readonly password?: unknown;
  readonly enrolled: FactorSummary | undefined;
}

/**
 * The level that a change of what protects an account takes: two factors where the account can show two (MFA4). Mail is
 * none: an account without password and passkey never gets beyond one (MFA8).
 */
export function levelOfAccount({ password, enrolled }: Owned): Acr {
  const first = password !== undefined || (enrolled?.passkeys ?? 0) > 0;
  return first && enrolledFactors(enrolled).length > 0 ? 'aal2' : 'aal1';
}

/**
 * Holds to a recent sign-in at the level that the account has (MFA4).
 * @throws Refusal `recent_authentication_required`, with what a client has to ask for (RFC 9470 section 3)
 */
export function checkRecentAtLevel(
  brand: Pick<Brand, 'lifetimes'>,
  { authTime, acr }: { readonly authTime: number; readonly acr: Acr },
  owned: Owned,
  now: number,
): void {
  const wanted = levelOfAccount(owned);
  const holds = isRecent(brand, authTime, now) && reaches(acr, wanted);
  const params = { acr_values: wanted, max_age: brand.lifetimes.recentAuthentication };
  check(holds, 'recent_authentication_required', { params });
}

/**
 * Holds a change that takes the password to the level of the account: who knows the password of an account with two factors
 * does not move it by that alone (EM1, MFA4).
 * @throws Refusal `recent_authentication_required`
 */
export function checkLevel(
  { authentication, lifetimes }: Pick<Brand, 'authentication' | 'lifetimes'>,
  { authTime, acr }: { readonly authTime: number; readonly acr: Acr },
  owned: Owned,
  now: number,
): void {
  const wanted = levelOfAccount(owned);
  const old = seconds(now) - authTime > authentication.levels.aal2.absolute;
  const params = { acr_values: wanted, max_age: lifetimes.recentAuthentication };
  check(reaches(old ? 'aal1' : acr, wanted), 'recent_authentication_required', { params });
}
