import type { Brand, Client } from '../shared/domain/brand.ts';
import { findClient } from '../shared/domain/clients.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random, SessionId, UserId } from '../shared/domain/id.ts';
import type { Session } from '../shared/domain/session.ts';
import { hasScope } from '../shared/oidc/scope.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endSession, listSessions } from '../shared/store/session-store.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{ readonly endSession: typeof endSession; readonly listSessions: typeof listSessions }>;
  /** Tells one client; throws where it should be tried again. */
  readonly tell: (client: Client, sub: UserId, sid: SessionId) => Promise<void>;
}

/** Offline access is what a person gave beyond being signed in; it ends by its own word (OIDC Back-Channel Logout 2.7). */
function endsWithBrowser(session: Session): boolean {
  return session.revokedAt === undefined && !hasScope(session.scope, 'offline_access');
}

/**
 * Ends the sessions that clients had from a signed-out browser, and tells those that asked to be told. Done twice it
 * changes nothing more; a client that is told twice sees the same `sid`.
 * @throws Refusal `unavailable`, or what `tell` throws: the record is tried again
 */
export async function endClientSessions(deps: Deps, sub: UserId, sid: SessionId, now: number): Promise<void> {
  const { brand, random, store, tell } = deps;
  const sessions = (await store.listSessions(sub)).filter(({ browserSession }) => browserSession === sid);
  await Promise.all(
    sessions.filter(endsWithBrowser).map(({ id }) => {
      const event = newEvent('session.ended', { sub, session: id, reason: 'signed_out' }, now, random);
      return store.endSession(sub, id, event, now);
    }),
  );
  const clients = [...new Set(sessions.map(({ clientId }) => clientId))].map((id) => findClient(brand, id));
  await Promise.all(clients.map((client) => client?.backchannelLogoutUri && tell(client, sub, sid)));
}
