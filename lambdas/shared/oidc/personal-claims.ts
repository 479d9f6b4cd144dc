/** Claims about a person that each scope asks for (OIDC Core section 5.4), of those that are known here. */
export const scopeClaims = {
  profile: ['name', 'given_name', 'family_name', 'nickname', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
  email: ['email', 'email_verified'],
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
