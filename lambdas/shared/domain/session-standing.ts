import type { Acr } from './assurance.ts';
import type { AuthenticationPolicy } from './authentication-policy.ts';
import type { BrowserSession } from './browser-session.ts';
import type { Session } from './session.ts';
import { seconds } from './time.ts';

type Levels = Pick<AuthenticationPolicy, 'levels'>;

/** What a sign-in still counts for, by server time alone (SES5). */
export interface Standing {
  readonly acr: Acr;
  /** `idle`: one more proof makes it count again. `old`: only a new sign-in does. */
  readonly lapsed: 'no' | 'idle' | 'old';
}

/**
 * What a browser's session counts for now: the level of its sign-in, for a while. Use after too long a rest does not bring
 * it back: whoever notes the use notes what it counts for since (`touchBrowserSession`).
 * @param now milliseconds
 */
export function standingOf(
  { acr, authTime, lastSeenAt, lapsed }: BrowserSession,
  { levels: { aal2 } }: Levels,
  now: number,
): Standing {
  if (seconds(now) - authTime > aal2.absolute) return { acr: 'aal1', lapsed: 'old' };
  if (lapsed || seconds(now) - lastSeenAt > aal2.idle) return { acr: 'aal1', lapsed: 'idle' };
  return { acr, lapsed: 'no' };
}

/** A client's session with the level that it counts for now: to refresh it takes no proof of anybody. `now` in milliseconds. */
export function withLevelNow(session: Session, { aal2 }: AuthenticationPolicy['levels'], now: number): Session {
  return seconds(now) - session.authTime > aal2.absolute ? { ...session, acr: 'aal1' } : session;
}
