import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { HandleSubject } from '../shared/oidc/bearer-handle.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endBrowserSession } from '../shared/store/browser-session-store.ts';
import type { endSession } from '../shared/store/session-store.ts';

interface Deps {
  readonly random: Random;
  readonly store: Bound<{
    readonly endBrowserSession: typeof endBrowserSession;
    readonly endSession: typeof endSession;
  }>;
}

/**
 * Ends what a logout names: a browser's session, or the session of a JSON journey, whose ID token names itself. The id is
 * of one kind only, and the write of the other kind finds nothing. The event of a browser's session ends the sessions of
 * its clients and tells them, off the request path. One wave.
 * @throws Refusal `unavailable`: a sign-out that may not have happened is never shown as done
 */
export async function signOut(deps: Deps, subject: HandleSubject, now: number): Promise<void> {
  const { random, store } = deps;
  const { user: sub, session } = subject;
  const ofBrowser = newEvent('browser_session.ended', { sub, session }, now, random);
  const ofClient = newEvent('session.ended', { sub, session, reason: 'signed_out' }, now, random);
  await Promise.all([
    store.endBrowserSession(sub, session, ofBrowser, now),
    store.endSession(sub, session, ofClient, now),
  ]);
}
