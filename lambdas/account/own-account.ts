import { Refusal } from '../shared/domain/refusal.ts';
import { requireAlive } from '../shared/domain/require-alive.ts';
import { type PersonalData, type User, userItemKey } from '../shared/domain/user.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findSession } from '../shared/store/session-store.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface OwnAccountDeps {
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** The bearer's own account, opened. */
export interface OwnAccount {
  readonly user: User;
  readonly personal: PersonalData;
  /** The person's data key, to seal what changes. */
  readonly key: Uint8Array;
}

/**
 * Reads and opens the account of a live session: one wave.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function ownAccount(deps: OwnAccountDeps, bearer: Bearer, now: number): Promise<OwnAccount> {
  const { sealing, store } = deps;
  const [session, owner, dataKey] = await Promise.all([
    store.findSession(bearer.user, bearer.session),
    store.findUser(bearer.user),
    store.findDataKey(bearer.user),
  ]);
  const user = requireAlive(session, owner, now);
  // Without the data key the person is erased.
  if (!dataKey) throw new Refusal('token_invalid');
  const key = sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek);
  return { user, personal: deps.open(key, user.sealed, userItemKey(user.id)) as PersonalData, key };
}
