import type { Bound } from '../store/bind.ts';
import type { followBrowserSession } from '../store/browser-session-store.ts';
import type { findUser } from '../store/user-store.ts';
import type { Entrance } from './beginning.ts';
import type { BrowserSession } from './browser-session.ts';
import { isAlive } from './session.ts';

/** What is read of the session that a browser has when somebody signs in there. */
export interface FormerSessionDeps {
  readonly store: Bound<{
    readonly followBrowserSession: typeof followBrowserSession;
    readonly findUser: typeof findUser;
  }>;
}

/**
 * The live session that the browser has until now, whoever's it is, so that it ends as the next one begins (SES2). Read
 * beside what the sign-in reads; nothing is read where no cookie names one. `now` in milliseconds.
 * @throws Refusal `unavailable`
 */
export async function formerSession(
  { store }: FormerSessionDeps,
  entrance: Entrance,
  now: number,
): Promise<BrowserSession | undefined> {
  if (entrance.at !== 'browser' || !entrance.claimed) return undefined;
  const { user, session } = entrance.claimed;
  const [former, owner] = await Promise.all([store.followBrowserSession(user, session), store.findUser(user)]);
  return isAlive(former, owner, now) ? former : undefined;
}
