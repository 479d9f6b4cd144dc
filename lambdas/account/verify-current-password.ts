import type { Brand } from '../shared/domain/brand.ts';
import { normalisePassword } from '../shared/domain/password-policy.ts';
import { check } from '../shared/domain/refusal.ts';
import { checkLimits, freeOf } from '../shared/domain/throttle.ts';
import type { User } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findPassword, PasswordCredential } from '../shared/store/credential-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { Verdict } from '../shared/vault/password-hash.ts';

export interface PasswordProofDeps {
  readonly brand: Brand;
  readonly verifyPassword: (password: string, stored: string | undefined) => Promise<Verdict>;
  readonly store: Bound<{ readonly findPassword: typeof findPassword; readonly countUp: typeof countUp }>;
}

/** Says beside its field that the current password is not the one. */
export const wrongPassword = { errors: [{ field: 'current_password', rule: 'credentials_invalid' }] } as const;

/**
 * Proves the current password of a signed-in person. Tries are counted by person, so that stolen tokens buy no more
 * guesses than one has (RL4), and apart from those of the sign-in, so that a flood there does not lock the owner out (RL7).
 * @throws Refusal `too_many_requests`, `credentials_invalid`, `unavailable`
 */
export async function verifyCurrentPassword(
  deps: PasswordProofDeps,
  { id: owner, identHash }: Pick<User, 'id' | 'identHash'>,
  raw: string,
  now: number,
): Promise<PasswordCredential> {
  const { brand, store } = deps;
  const [credential, tries] = await Promise.all([
    store.findPassword(identHash),
    store.countUp({ scope: 'own-password', hash: owner, limit: freeOf(brand.limits.passwordPerAccount) }, now),
  ]);
  checkLimits([tries]);
  const { matches } = await deps.verifyPassword(normalisePassword(raw), credential?.hash);
  check(matches && credential !== undefined, 'credentials_invalid', wrongPassword);
  return credential;
}
