import { describeDevice } from '../shared/domain/describe-device.ts';
import { sessionStart } from '../shared/domain/id.ts';
import { requireAlive } from '../shared/domain/require-alive.ts';
import { isAlive, isTakenUp, type Session, type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import { iso } from '../shared/domain/time.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { listSessions as readSessions } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly listSessions: typeof readSessions; readonly findUser: typeof findUser }>;
}

export interface SessionView {
  readonly id: string;
  /** The session that asks. */
  readonly current: boolean;
  readonly client_id: string;
  readonly device: string;
  /** The IP address that the session was begun from. */
  readonly place: string;
  /** ISO 8601, as are the following. */
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
}

function view(deps: Deps, session: Session, bearer: Bearer): SessionView {
  const sealed = deps.sealing.openEphemeral(sessionItemKey(session.userId, session.id), session.sealed);
  const { ip, userAgent } = sealed as SessionDevice;
  return {
    id: session.id,
    current: session.id === bearer.session,
    client_id: session.clientId,
    device: describeDevice(userAgent),
    place: ip,
    created_at: iso(sessionStart(session.id)),
    last_seen_at: iso(session.lastSeenAt * 1000),
    expires_at: iso(Math.min(session.idleUntil, session.endsAt) * 1000),
  };
}

/**
 * The person's live sessions, newest first. One wave.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function listSessions(deps: Deps, bearer: Bearer, now: number): Promise<readonly SessionView[]> {
  const [sessions, owner] = await Promise.all([deps.store.listSessions(bearer.user), deps.store.findUser(bearer.user)]);
  const own = sessions.find(({ id }) => id === bearer.session);
  const user = requireAlive(own, owner, now);
  return sessions
    .filter((session) => isAlive(session, user, now) && isTakenUp(session))
    .toReversed()
    .map((session) => view(deps, session, bearer));
}
