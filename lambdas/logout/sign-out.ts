import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { HandleSubject } from '../shared/oidc/bearer-handle.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endBrowserSession } from '../shared/store/browser-session-store.ts';

interface Deps {
  readonly random: Random;
  readonly store: Bound<{ readonly endBrowserSession: typeof endBrowserSession }>;
}

/**
 * Ends the session of a browser. Its event ends the sessions of its clients and tells them, off the request path. One wave.
 * @throws Refusal `unavailable`: a sign-out that may not have happened is never shown as done
 */
export async function signOut({ random, store }: Deps, subject: HandleSubject, now: number): Promise<void> {
  const { user: sub, session } = subject;
  const event = newEvent('browser_session.ended', { sub, session }, now, random);
  await store.endBrowserSession(sub, session, event, now);
}
