import { newEvent } from '../shared/domain/event.ts';
import { isSessionId, type Random } from '../shared/domain/id.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endAllSessions, endOwnSession } from '../shared/store/sign-out.ts';

interface Deps {
  readonly random: Random;
  readonly store: Bound<{
    readonly endOwnSession: typeof endOwnSession;
    readonly endAllSessions: typeof endAllSessions;
  }>;
}

/**
 * Ends one of the person's own sessions. Another person's cannot even be named: the key is made of the bearer's own id
 * (SES8, ORG4). One wave.
 * @throws Refusal `session_unknown`, `token_invalid`, `unavailable`
 */
export async function signOutOf(deps: Deps, bearer: Bearer, id: string, now: number): Promise<void> {
  check(isSessionId(id), 'session_unknown');
  const { user: sub, session: by } = bearer;
  const event = newEvent('session.ended', { sub, session: id, reason: 'signed_out' }, now, deps.random);
  const outcome = await deps.store.endOwnSession(sub, by, id, event, now);
  check(outcome !== 'asker_dead', 'token_invalid');
  check(outcome === 'ended', 'session_unknown');
}

/**
 * Ends every session of the person, the asking one too: one write, nothing is enumerated (SES3). One wave.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function signOutEverywhere(deps: Deps, bearer: Bearer, now: number): Promise<void> {
  const { user: sub, session } = bearer;
  const event = newEvent('sessions.ended', { sub }, now, deps.random);
  check(await deps.store.endAllSessions(sub, { at: 'client', session }, event, now), 'token_invalid');
}
