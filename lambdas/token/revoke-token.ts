import type { Client } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random, SessionId, UserId } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import { readRefreshToken } from '../shared/oidc/refresh-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endSession } from '../shared/store/session-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly verifyAccessToken: (token: string) => Promise<Bearer>;
  readonly store: Bound<{ readonly endSession: typeof endSession }>;
}

/** The session that a token of ours belongs to. */
async function sessionOf(
  deps: Deps,
  token: string,
): Promise<{ readonly user: UserId; readonly session: SessionId } | undefined> {
  const refresh = readRefreshToken(deps.sealing, token);
  if (refresh) return refresh;
  try {
    return await deps.verifyAccessToken(token);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'token_invalid') return undefined;
    throw error;
  }
}

/**
 * Revokes a token by ending its session, so that refresh and access tokens die together (RFC 7009 section 2.1; REV1).
 * An unknown token and another client's token change nothing and are not told apart.
 * @throws Refusal `unavailable`: a revocation that may not have happened is never reported as done
 */
export async function revokeToken(deps: Deps, client: Client, token: string, now: number): Promise<void> {
  const found = await sessionOf(deps, token);
  if (!found) return;
  const { user, session } = found;
  const data = { sub: user, session, reason: 'revoked' } as const;
  await deps.store.endSession(user, session, newEvent('session.ended', data, now, deps.random), now, client.id);
}
