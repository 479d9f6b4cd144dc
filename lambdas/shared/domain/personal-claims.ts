import { seconds } from './time.ts';
import type { PersonalData, User } from './user.ts';

/** Claims about a person that each scope asks for (OIDC Core section 5.4), of those that are known here. */
export const scopeClaims = {
  profile: ['name', 'given_name', 'family_name', 'nickname', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A claim about a person. */
export type PersonalClaim = (typeof scopeClaims)[keyof typeof scopeClaims][number];

const scopeOfClaim: ReadonlyMap<string, string> = new Map(
  Object.entries(scopeClaims).flatMap(([scope, claims]) => claims.map((claim) => [claim, scope] as const)),
);

/** Whether a claim of that name is known here. */
export function isPersonalClaim(name: string): name is PersonalClaim {
  return scopeOfClaim.has(name);
}

/** Of single claims, those that a client may ask for: whose scopes it is registered for. */
export function claimsWithin(claims: readonly PersonalClaim[], scopes: readonly string[]): readonly PersonalClaim[] {
  return claims.filter((claim) => scopes.includes(scopeOfClaim.get(claim) ?? ''));
}

/** The scopes that single claims belong to: in their words a person is asked for them. */
export function scopesOfClaims(claims: readonly PersonalClaim[]): readonly string[] {
  return [...new Set(claims.map((claim) => scopeOfClaim.get(claim) ?? ''))];
}

/** The claims that a granted scope asks for. */
export function claimsOfScope(scope: string): readonly PersonalClaim[] {
  const granted = new Set(scope.split(' '));
  return Object.entries(scopeClaims).flatMap(([name, claims]) => (granted.has(name) ? claims : []));
}

/** Values of claims, of those that the person has (OIDC Core sections 5.1 and 5.1.1). */
export function claimValues(
  names: readonly PersonalClaim[],
  user: Pick<User, 'locale' | 'updatedAt'>,
  { email, phone, profile }: PersonalData,
): Readonly<Partial<Record<PersonalClaim, unknown>>> {
  const values: Readonly<Partial<Record<PersonalClaim, unknown>>> = {
    ...profile,
    email,
    // No account exists before its address is proven (DESIGN section 1, rule 3).
    email_verified: true,
    // A number is here only once a code to it has proven it.
    ...(phone && { phone_number: phone.number, phone_number_verified: true }),
    locale: user.locale,
    updated_at: seconds(user.updatedAt),
  };
  const known = [...new Set(names)].map((name) => [name, values[name]] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}
