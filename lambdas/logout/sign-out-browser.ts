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
 * Signs a browser out: one write. Its event ends the sessions of the clients and tells them, off the request path.
 * @throws Refusal `unavailable`: a sign-out that may not have happened is never shown as done
 */
export async function signOutBrowser(deps: Deps, subject: HandleSubject, now: number): Promise<void> {
  const { user: sub, session } = subject;
  await deps.store.endBrowserSession(
    sub,
    session,
    newEvent('browser_session.ended', { sub, session }, now, deps.random),
    now,
  );
}
