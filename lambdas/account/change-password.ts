import { newEvent } from '../shared/domain/event.ts';
import type { Random, UserId } from '../shared/domain/id.ts';
import {
  type BreachedPasswords,
  type CommonPasswords,
  checkBreaches,
  checkPassword,
  normalisePassword,
} from '../shared/domain/password-policy.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { changePassword as storePassword } from '../shared/store/change-password.ts';
import { type OwnAccountDeps, ownAccount } from './own-account.ts';
import { type PasswordProofDeps, verifyCurrentPassword } from './verify-current-password.ts';

interface Deps extends Omit<OwnAccountDeps, 'store'>, Omit<PasswordProofDeps, 'store'> {
  readonly random: Random;
  readonly isCommon: CommonPasswords;
  readonly isBreached: BreachedPasswords;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly store: OwnAccountDeps['store'] &
    PasswordProofDeps['store'] &
    Bound<{ readonly changePassword: typeof storePassword }>;
}

/**
 * Changes the password by the current one (ASVS 6.2.3); every session but this one ends, and the person is told by mail
 * (SES4).
 * @throws Refusal of the new password; `token_invalid`, `credentials_invalid`, `too_many_requests`, `conflict_retry`, `unavailable`
 */
export async function changePassword(
  deps: Deps,
  bearer: Bearer,
  input: { readonly current_password: string; readonly new_password: string },
  now: number,
): Promise<UserId> {
  const { brand, random, store } = deps;
  const { user, personal } = await ownAccount(deps, bearer, now);
  const password = normalisePassword(input.new_password);
  checkPassword(password, personal.email, brand.passwords, deps.isCommon, 'new_password');
  const [verified] = await Promise.all([
    verifyCurrentPassword(deps, user, input.current_password, now),
    checkBreaches(password, deps.isBreached, 'new_password'),
  ]);

  const credential = { ...verified, userId: user.id, hash: await deps.hashPassword(password), changedAt: now };
  const event = newEvent('password.changed', { sub: user.id }, now, random);
  const changed = await store.changePassword(user.identHash, verified, credential, bearer.session, event, now);
  check(changed, 'conflict_retry');
  return user.id;
}
