import type { PublishedEvent } from '../shared/domain/events.ts';
import { isSessionId, isUserId, type SessionId, sessionStart, type UserId } from '../shared/domain/id.ts';
import { ownerAllows, type Session, type SessionOwner } from '../shared/domain/session.ts';
import { hasScope } from '../shared/oidc/scope.ts';

/** What an event says has ended. */
export type Ending =
  | { readonly of: 'browser'; readonly session: SessionId }
  | { readonly of: 'session'; readonly session: SessionId }
  /** An application that was disconnected; `at` in milliseconds, for it may be connected anew. */
  | { readonly of: 'client'; readonly clientId: string; readonly at: number }
  /** Whatever the person no longer lets live. */
  | { readonly of: 'person' };

/**
 * Reads an event; `undefined` where no client has to be told. What a client ended itself, by revoking its token, it knows;
 * and what ends with a disconnected application is in that application's own event.
 */
export function whatEnded(
  event: Pick<PublishedEvent, 'type' | 'at' | 'data'>,
): { readonly sub: UserId; readonly ending: Ending } | undefined {
  const { sub, session, client, reason } = event.data;
  if (typeof sub !== 'string' || !isUserId(sub)) return undefined;
  const named = typeof session === 'string' && isSessionId(session) ? session : undefined;
  switch (event.type) {
    case 'browser_session.ended':
      return named && { sub, ending: { of: 'browser', session: named } };
    case 'session.ended':
      return named && reason === 'signed_out' ? { sub, ending: { of: 'session', session: named } } : undefined;
    case 'agreement.withdrawn':
      return { sub, ending: { of: 'client', clientId: String(client), at: Date.parse(event.at) } };
    case 'sessions.ended':
    case 'password.changed':
    case 'password.reset':
    case 'email.changed':
      return { sub, ending: { of: 'person' } };
    default:
      return undefined;
  }
}

/** Whether a client's session is among what ended. `owner` as of now; nobody where the person is erased. */
export function isEnded(ending: Ending, session: Session, owner: SessionOwner | undefined): boolean {
  switch (ending.of) {
    case 'browser':
      return session.browserSession === ending.session;
    case 'session':
      return session.id === ending.session;
    case 'client':
      return session.clientId === ending.clientId && sessionStart(session.id) <= ending.at;
    case 'person':
      return session.revokedAt === undefined && !(owner && ownerAllows(owner, session.id));
  }
}

/**
 * Whether the session is alive and dies with what ended. Offline access is what a person gave beyond being signed in; it
 * outlives the browser (OIDC Back-Channel Logout section 2.7). What the person no longer lets live is dead as it is.
 */
export function diesWith(ending: Ending, { revokedAt, scope }: Session): boolean {
  if (revokedAt !== undefined) return false;
  return ending.of === 'client' || (ending.of === 'browser' && !hasScope(scope, 'offline_access'));
}
