import { type Acr, type Method, reaches } from './assurance.ts';
import type { Brand } from './brand.ts';
import { secondIsProven } from './decide-sign-in.ts';
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

/** What a session counts for now, and the proofs that it is made of. */
export interface Shown {
  readonly acr: Acr;
  readonly methods: readonly Method[];
}

/**
 * The level that a change of what protects an account takes: two factors where the account can show two (MFA4). Mail is
 * none: an account without password and passkey never gets beyond one (MFA8).
 */
export function levelOfAccount({ password, enrolled }: Owned): Acr {
  const first = password !== undefined || (enrolled?.passkeys ?? 0) > 0;
  return first && hasFactor(enrolled) ? 'aal2' : 'aal1';
}

function hasFactor(enrolled: FactorSummary | undefined): boolean {
  return enrolledFactors(enrolled).length > 0;
}

/**
 * Whether a session shows what a change takes of what protects the account: its level, and a second proof wherever it has
 * a factor. So neither the mailbox nor the SIM changes by itself the factors of an account that has no password (MFA4).
 */
export function showsLevel({ acr, methods }: Shown, owned: Owned): boolean {
  return reaches(acr, levelOfAccount(owned)) && (!hasFactor(owned.enrolled) || secondIsProven(methods));
}

/**
 * What a client has to ask for (RFC 9470 section 3). An account whose factors make no two is asked for the best that it
 * can show, whatever level comes of it.
 */
function challengeOf({ lifetimes }: Pick<Brand, 'lifetimes'>, { enrolled }: Owned) {
  return { params: { acr_values: hasFactor(enrolled) ? 'aal2' : 'aal1', max_age: lifetimes.recentAuthentication } };
}

/**
 * Holds to a recent sign-in at the level that the account has (MFA4).
 * @throws Refusal `recent_authentication_required`, with what a client has to ask for
 */
export function checkRecentAtLevel(
  brand: Pick<Brand, 'lifetimes'>,
  shown: Shown & { readonly authTime: number },
  owned: Owned,
  now: number,
): void {
  const holds = isRecent(brand, shown.authTime, now) && showsLevel(shown, owned);
  check(holds, 'recent_authentication_required', challengeOf(brand, owned));
}

/**
 * Holds a change that takes the password to the level of the account: who knows the password of an account with two factors
 * does not move it by that alone (EM1, MFA4).
 * @throws Refusal `recent_authentication_required`
 */
export function checkLevel(brand: Pick<Brand, 'lifetimes'>, shown: Shown, owned: Owned): void {
  check(showsLevel(shown, owned), 'recent_authentication_required', challengeOf(brand, owned));
}
