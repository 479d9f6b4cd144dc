import { newEvent } from '../shared/domain/event.ts';
import { enrolledFactors } from '../shared/domain/factors.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check } from '../shared/domain/refusal.ts';
import { isRemovable } from '../shared/domain/removable-factor.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { removePasskey } from '../shared/store/change-passkeys.ts';
import type { listPasskeys } from '../shared/store/passkey-store.ts';
import { type OwnPasskeysDeps, ownCredentials } from './own-passkeys.ts';

export interface RemovePasskeyDeps extends Omit<OwnPasskeysDeps, 'store'> {
  readonly store: OwnPasskeysDeps['store'] &
    Bound<{ readonly listPasskeys: typeof listPasskeys; readonly removePasskey: typeof removePasskey }>;
}

/**
 * Removes a passkey, unless the account could not be entered without it (PK10). With the last factor go the recovery codes,
 * which stand in for none. The person is told by mail (MFA4).
 * @throws Refusal `factor_unknown`, `factor_needed`, `conflict_retry`, `not_found`, `recent_authentication_required`,
 * `unavailable`
 */
export async function removeOwnPasskey(
  deps: RemovePasskeyDeps,
  own: OwnAccount,
  { id, endsOthers }: { readonly id: string; readonly endsOthers: boolean },
  now: number,
): Promise<void> {
  const { brand, random, store } = deps;
  const { user, by } = own;
  const [{ hasPassword, enrolled }, passkeys] = await Promise.all([
    ownCredentials(deps, own, now),
    store.listPasskeys(user.id),
  ]);
  const passkey = passkeys.find(({ hash }) => hash === id);
  check(passkey !== undefined, 'factor_unknown');
  const after = { ...enrolled, passkeys: (enrolled.passkeys ?? 0) - 1 };
  const policy = brand.authentication.secondFactor;
  check(isRemovable({ policy, hasPassword, enrolled }, after), 'factor_needed');

  const last = enrolledFactors(after).length === 0;
  const summary = { add: { passkeys: -1 }, ...(last && { remove: ['recovery'] as const }), seen: enrolled };
  const event = newEvent('factor.removed', { sub: user.id, factor: 'passkey' }, now, random);
  const removal = { hash: passkey.hash, summary, withRecoveryCodes: last };
  check(await store.removePasskey(removal, { user, by, event, endsOthers }, now), 'conflict_retry');
}
