import type { SessionId, UserId } from './id.ts';
import type { Session } from './session.ts';

/**
 * A person signed in at Latchkey itself, in one browser: what single sign-on across a brand's clients rests on. Each
 * client that is authorized from it gets a `Session` of its own.
 */
export type BrowserSession = Pick<
  Session,
  | 'id'
  | 'userId'
  | 'methods'
  | 'acr'
  | 'amr'
  | 'authTime'
  | 'lastSeenAt'
  | 'idleUntil'
  | 'endsAt'
  | 'sealed'
  | 'revokedAt'
> & {
  /** The first of the sessions that took each other's place as the person proved more, or signed in again; clients know it as `sid`. */
  readonly origin?: SessionId;
  /** The one that took its place. */
  readonly replacedBy?: SessionId;
  /** It was used after too long a rest: it counts for the lowest level until more is proven (SES5). */
  readonly lapsed?: true;
};

/** A browser session by its name alone, as a cookie tells it. */
export interface NamedSession {
  readonly user: UserId;
  readonly session: SessionId;
}

/** What the sessions of clients hang on: the same through every step-up and every new sign-in. */
export function originOf({ id, origin }: Pick<BrowserSession, 'id' | 'origin'>): SessionId {
  return origin ?? id;
}

/** The key under which a browser session's device is sealed. */
export function browserSessionItemKey(user: UserId, session: SessionId): string {
  return `SESSION#${user}#${session}`;
}
