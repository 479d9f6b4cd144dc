import type { Client } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random, SessionId, UserId } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { VerifiedAccessToken } from '../shared/oidc/access-token.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { readRefreshToken } from '../shared/oidc/refresh-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endSession } from '../shared/store/session-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly readAccessToken: (token: string) => Promise<VerifiedAccessToken>;
  readonly store: Bound<{ readonly endSession: typeof endSession }>;
}

interface Named {
  readonly user: UserId;
  readonly session: SessionId;
}

/** An access token of ours that has not expired; nothing else can be revoked by its name. */
async function accessTokenIn({ readAccessToken }: Deps, token: string): Promise<VerifiedAccessToken | undefined> {
  try {
    return await readAccessToken(token);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'token_invalid') return undefined;
    throw error;
  }
}

/** The session that a token of this client belongs to. @throws OAuthRefusal `unsupported_token_type` */
async function sessionOf(deps: Deps, client: Client, token: string): Promise<Named | undefined> {
  const refresh = readRefreshToken(deps.sealing, token);
  if (refresh) return refresh;
  const access = await accessTokenIn(deps, token);
  if (access?.clientId !== client.id) return undefined;
  // Of the client itself, or got by exchange: no session of this client ends it, so that nothing could be revoked.
  const { person } = access;
  const revocable = person !== undefined && access.act === undefined;
  demand(revocable, 'unsupported_token_type', 'no session carries this access token; it lives until it expires');
  return person;
}

/**
 * Revokes a token by ending its session, so that refresh and access tokens die together (RFC 7009 section 2.1; REV1).
 * An unknown token and another client's token change nothing and are not told apart.
 * @throws OAuthRefusal `unsupported_token_type` for an access token of the client's own that no session carries (section
 * 2.2.1); Refusal `unavailable`: a revocation that may not have happened is never reported as done
 */
export async function revokeToken(deps: Deps, client: Client, token: string, now: number): Promise<void> {
  const found = await sessionOf(deps, client, token);
  if (!found) return;
  const { user, session } = found;
  const data = { sub: user, session, reason: 'revoked' } as const;
  await deps.store.endSession(user, session, newEvent('session.ended', data, now, deps.random), now, client.id);
}
