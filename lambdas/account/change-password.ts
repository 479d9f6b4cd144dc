import { newEvent } from '../shared/domain/event.ts';
import type { Random, UserId } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import {
  type BreachedPasswords,
  type CommonPasswords,
  checkBreaches,
  checkPassword,
  normalisePassword,
} from '../shared/domain/password-policy.ts';
import { checkLevel, checkRecent } from '../shared/domain/recent-sign-in.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { changePassword as storePassword } from '../shared/store/change-password.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import { type PasswordProofDeps, verifyCurrentPassword, wrongPassword } from './verify-current-password.ts';

export interface ChangePasswordDeps extends Omit<PasswordProofDeps, 'store'> {
  readonly random: Random;
  readonly isCommon: CommonPasswords;
  readonly isBreached: BreachedPasswords;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly store: PasswordProofDeps['store'] &
    Bound<{ readonly changePassword: typeof storePassword; readonly findCredentials: typeof findCredentials }>;
}

/**
 * What the new password replaces, proven by the current one (ASVS 6.2.3); nothing where the account has none yet and the
 * sign-in is recent. Beside a second factor, only in a session that proved it.
 */
async function replaced(deps: ChangePasswordDeps, own: OwnAccount, current: string | undefined, now: number) {
  const { user } = own;
  const { password, enrolled } = await deps.store.findCredentials(user.identHash);
  checkLevel(deps.brand, own, { password, enrolled });
  if (current !== undefined) return verifyCurrentPassword(deps, user, current, now);
  check(password === undefined, 'credentials_invalid', wrongPassword);
  checkRecent(deps.brand, own.authTime, now);
  return undefined;
}

/**
 * Changes the password; every session but this one ends, and the person is told by mail (SES4).
 * @throws Refusal of the new password; `credentials_invalid`, `recent_authentication_required`, `too_many_requests`, `conflict_retry`, `unavailable`
 */
export async function changePassword(
  deps: ChangePasswordDeps,
  own: OwnAccount,
  input: { readonly current_password?: string | undefined; readonly new_password: string },
  now: number,
): Promise<UserId> {
  const { brand, random, store } = deps;
  const { user, personal, by } = own;
  const password = normalisePassword(input.new_password);
  checkPassword(password, personal.email, brand.passwords, deps.isCommon, 'new_password');
  const [verified] = await Promise.all([
    replaced(deps, own, input.current_password, now),
    checkBreaches(password, deps.isBreached, 'new_password'),
  ]);

  const status = verified?.status ?? 'active';
  const credential = { status, userId: user.id, hash: await deps.hashPassword(password), changedAt: now };
  const event = newEvent('password.changed', { sub: user.id }, now, random);
  const changed = await store.changePassword(user.identHash, verified, credential, by, event, now);
  check(changed, 'conflict_retry');
  return user.id;
}
