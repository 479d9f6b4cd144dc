import type { Agreement } from '../shared/domain/agreement.ts';
import type { BrowserSession } from '../shared/domain/browser-session.ts';
import type { Consent } from '../shared/domain/consent.ts';
import { isAlive } from '../shared/domain/session.ts';
import type { User } from '../shared/domain/user.ts';
import type { HandleSubject } from '../shared/oidc/bearer-handle.ts';
import type { findSaid } from '../shared/store/agreement-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findBrowserSession } from '../shared/store/browser-session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';

type Store = Bound<{
  readonly findBrowserSession: typeof findBrowserSession;
  readonly findUser: typeof findUser;
  readonly findSaid: typeof findSaid;
}>;

/** What is known about who sits at a browser: their session, if it lives, and what they said. */
export interface Known {
  readonly session: BrowserSession | undefined;
  readonly owner: User | undefined;
  readonly agreements: readonly Agreement[];
  readonly consents: readonly Consent[];
}

/**
 * Reads what decides a request about a person: one wave, and none where nobody claims a session.
 * @param claimed whose browser session the cookie names
 * @throws Refusal `unavailable`
 */
export async function readKnown(store: Store, claimed: HandleSubject | undefined, now: number): Promise<Known> {
  if (!claimed) return { session: undefined, owner: undefined, agreements: [], consents: [] };
  const [session, owner, said] = await Promise.all([
    store.findBrowserSession(claimed.user, claimed.session),
    store.findUser(claimed.user),
    store.findSaid(claimed.user),
  ]);
  return { session: isAlive(session, owner, now) ? session : undefined, owner, ...said };
}
