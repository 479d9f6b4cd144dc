import type { Amr, Assurance, Method } from './assurance.ts';
import type { AuthenticationPolicy } from './authentication-policy.ts';
import type { BrowserSession } from './browser-session.ts';
import type { Session } from './session.ts';
import { seconds } from './time.ts';

type Levels = Pick<AuthenticationPolicy, 'levels'>;

/** What a sign-in still counts for, by server time alone (SES5). */
export interface Standing extends Assurance {
  /** The proofs that one more may be added to: all of them, or what is left of them. */
  readonly methods: readonly Method[];
  /** `idle`: one more proof makes it count again. `old`: only a new sign-in does. */
  readonly lapsed: 'no' | 'idle' | 'old';
}

/** Two factors that no longer count are not told as two (MFA9). */
const withoutTwo = (amr: readonly Amr[]) => amr.filter((reference) => reference !== 'mfa');

/**
 * What is left to build on when the level has lapsed: the first proof, so that one factor beside it is enough (NIST SP
 * 800-63B-4, reauthentication). Of a passkey nothing: it was both factors, and whoever adds another shows one.
 */
function leftOf(methods: readonly Method[]): readonly Method[] {
  return methods.slice(0, 1).filter((method) => method !== 'passkey' && method !== 'passkey-uv');
}

/**
 * What a browser's session counts for now: the level of its sign-in, for a while. Use after too long a rest does not bring
 * it back: whoever notes the use notes what it counts for since (`touchBrowserSession`).
 * @param now milliseconds
 */
export function standingOf(
  { acr, amr, methods, authTime, lastSeenAt, lapsed: rested }: BrowserSession,
  { levels: { aal2 } }: Levels,
  now: number,
): Standing {
  const old = seconds(now) - authTime > aal2.absolute;
  if (!old && !rested && seconds(now) - lastSeenAt <= aal2.idle) return { acr, amr, methods, lapsed: 'no' };
  return { acr: 'aal1', amr: withoutTwo(amr), methods: leftOf(methods), lapsed: old ? 'old' : 'idle' };
}

/** A client's session with the level that it counts for now: to refresh it takes no proof of anybody. `now` in milliseconds. */
export function withLevelNow(session: Session, { aal2 }: AuthenticationPolicy['levels'], now: number): Session {
  if (seconds(now) - session.authTime <= aal2.absolute) return session;
  return { ...session, acr: 'aal1', amr: withoutTwo(session.amr), methods: leftOf(session.methods) };
}
