import type { Bound } from '../store/bind.ts';
import type { findBrowserSession } from '../store/browser-session-store.ts';
import type { findDataKey, findUser } from '../store/user-store.ts';
import type { open } from '../vault/sealed-box.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { BrowserSession } from './browser-session.ts';
import type { SessionId, UserId } from './id.ts';
import { isAlive } from './session.ts';
import { type PersonalData, type User, userItemKey } from './user.ts';

export interface PersonDeps {
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly findBrowserSession: typeof findBrowserSession;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** Who is signed in in a browser, opened. */
export interface SignedInPerson {
  readonly session: BrowserSession;
  readonly user: User;
  readonly personal: PersonalData;
  /** The person's data key, to seal what changes. */
  readonly key: Uint8Array;
}

/**
 * Reads and opens the account of a browser session: one wave. `undefined` where the session is dead.
 * @throws Refusal `unavailable`
 */
export async function signedInPerson(
  { sealing, open, store }: PersonDeps,
  claimed: { readonly user: UserId; readonly session: SessionId } | undefined,
  now: number,
): Promise<SignedInPerson | undefined> {
  if (!claimed) return undefined;
  const [session, user, dataKey] = await Promise.all([
    store.findBrowserSession(claimed.user, claimed.session),
    store.findUser(claimed.user),
    store.findDataKey(claimed.user),
  ]);
  // Without the data key the person is erased.
  if (!session || !user || !dataKey || !isAlive(session, user, now)) return undefined;
  const key = sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek);
  return { session, user, personal: open(key, user.sealed, userItemKey(user.id)) as PersonalData, key };
}
