import type { Bound } from '../store/bind.ts';
import type { findBrowserSession } from '../store/browser-session-store.ts';
import type { findDataKey, findUser } from '../store/user-store.ts';
import type { BrowserSession } from './browser-session.ts';
import type { SessionId, UserId } from './id.ts';
import { type OpenedPerson, openPerson, type PersonOpening } from './opened-person.ts';
import { isAlive } from './session.ts';

export interface PersonDeps extends PersonOpening {
  readonly store: Bound<{
    readonly findBrowserSession: typeof findBrowserSession;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** Who is signed in in a browser, opened. */
export interface SignedInPerson extends OpenedPerson {
  readonly session: BrowserSession;
}

/**
 * Reads and opens the account of a browser session: one wave. `undefined` where the session is dead.
 * @throws Refusal `unavailable`
 */
export async function signedInPerson(
  deps: PersonDeps,
  claimed: { readonly user: UserId; readonly session: SessionId } | undefined,
  now: number,
): Promise<SignedInPerson | undefined> {
  if (!claimed) return undefined;
  const { store } = deps;
  const [session, user, dataKey] = await Promise.all([
    store.findBrowserSession(claimed.user, claimed.session),
    store.findUser(claimed.user),
    store.findDataKey(claimed.user),
  ]);
  // Without the data key the person is erased.
  if (!session || !user || !dataKey || !isAlive(session, user, now)) return undefined;
  return { session, ...openPerson(deps, user, dataKey) };
}
