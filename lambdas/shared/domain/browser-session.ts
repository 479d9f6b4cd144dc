import type { SessionId, UserId } from './id.ts';
import type { AuthenticationMethod, Session } from './session.ts';

/**
 * A person signed in at Latchkey itself, in one browser: what single sign-on across a brand's clients rests on. Each
 * client that is authorized from it gets a `Session` of its own.
 */
export interface BrowserSession
  extends Pick<
    Session,
    'id' | 'userId' | 'acr' | 'authTime' | 'lastSeenAt' | 'idleUntil' | 'endsAt' | 'sealed' | 'revokedAt'
  > {
  readonly amr: readonly AuthenticationMethod[];
}

/** The key under which a browser session's device is sealed. */
export function browserSessionItemKey(user: UserId, session: SessionId): string {
  return `SESSION#${user}#${session}`;
}
