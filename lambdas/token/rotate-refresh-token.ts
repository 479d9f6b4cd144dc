import type { AuthenticationPolicy } from '../shared/domain/authentication-policy.ts';
import type { Client } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { ownerAllows, type Session } from '../shared/domain/session.ts';
import { withLevelNow } from '../shared/domain/session-standing.ts';
import { seconds } from '../shared/domain/time.ts';
import { together } from '../shared/domain/together.ts';
import type { ProvenKey } from '../shared/oidc/dpop-proof.ts';
import { demand, OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import { type RefreshTokenSubject, readRefreshToken } from '../shared/oidc/refresh-token.ts';
import { hasScope, heldScope, narrowedScope } from '../shared/oidc/scope.ts';
import { type TokenContext, type TokenResponse, tokenResponse } from '../shared/oidc/token-response.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endSession, rotate } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import type { IdTokenClaims } from './id-token-claims.ts';
import { refuseUsedProof } from './refuse-used-proof.ts';

interface Deps extends Omit<TokenContext, 'now'> {
  readonly levels: AuthenticationPolicy['levels'];
  readonly idTokenClaims: IdTokenClaims;
  /** The key that the request proves; its proof is spent in the same wave. */
  readonly key?: ProvenKey | undefined;
  readonly store: Bound<{
    readonly rotate: typeof rotate;
    readonly findUser: typeof findUser;
    readonly endSession: typeof endSession;
  }>;
}

interface Refresh {
  readonly refresh_token?: string | undefined;
  readonly scope?: string | undefined;
}

const dead = () => new OAuthRefusal('invalid_grant', 'the refresh token is invalid, expired or revoked');

/** What it means that a token of ours was not the live one. */
type Verdict = 'dead' | 'wider-scope' | 'grace' | 'lost-race' | 'replay';

/**
 * Tells apart why the rotation did not take place, from the item that stood in its way (RT1, RT2, RT4). A rival that
 * was under way when the winner wrote has arrived before the rotation; whoever arrives after it is using a spent token.
 * Without the key that it is bound to, a token is nobody's, and ends nobody's session.
 */
function judge(
  session: Session | undefined,
  presented: RefreshTokenSubject & { readonly jkt: string | undefined },
  client: Client,
  grace: number,
  arrivedAt: number,
  now: number,
): Verdict {
  const live = session !== undefined && session.revokedAt === undefined;
  const current = live && session.endsAt > seconds(now) && session.idleUntil > seconds(now);
  if (!current || session.clientId !== client.id) return 'dead';
  if (session.jkt !== undefined && session.jkt !== presented.jkt) return 'dead';
  if (presented.generation === session.generation) return 'wider-scope';
  const rotatedAt = session.rotatedAt ?? 0;
  const isPredecessor = presented.generation === session.generation - 1;
  if (isPredecessor && grace > 0 && now <= rotatedAt + grace * 1000) return 'grace';
  if (isPredecessor && arrivedAt <= rotatedAt) return 'lost-race';
  return 'replay';
}

/**
 * Continues a session with the next refresh token: one conditional write, the owner read beside it. One wave.
 * @param arrivedAt milliseconds at which the gateway took the request
 * @throws OAuthRefusal `invalid_request`, `invalid_grant`, `invalid_scope`; Refusal `unavailable`
 */
export async function rotateRefreshToken(
  deps: Deps,
  client: Client,
  input: Refresh,
  arrivedAt: number,
  now: number,
): Promise<TokenResponse> {
  const { lifetimes, store, key } = deps;
  demand(input.refresh_token !== undefined, 'invalid_request', 'refresh_token is missing');
  const presented = readRefreshToken(deps.sealing, input.refresh_token);
  if (!presented) throw dead();

  const { user, session: id, generation } = presented;
  const scopes = (input.scope ?? '').split(' ').filter(Boolean);
  const idleUntil = seconds(now) + lifetimes.refreshIdle;
  const binding = { proven: key?.jkt, binds: client.authentication === 'none' ? key?.jkt : undefined };
  const rotation = { user, session: id, clientId: client.id, generation, scopes, idleUntil, ...binding, now };
  const [rotated, owner, isNew] = await together([store.rotate(rotation), store.findUser(user), key?.spend()]);
  if (isNew === false) await refuseUsedProof(deps, { user, session: id, moved: rotated.done }, now);
  if (!owner || !ownerAllows(owner, id)) throw dead();

  if (!rotated.done) {
    const verdict = judge(
      rotated.session,
      { ...presented, jkt: key?.jkt },
      client,
      lifetimes.refreshGrace,
      arrivedAt,
      now,
    );
    if (verdict === 'wider-scope') throw new OAuthRefusal('invalid_scope', 'the scope is wider than what was granted');
    if (verdict === 'replay') {
      const event = newEvent('grant.reuse_detected', { sub: user, session: id, client: client.id }, now, deps.random);
      await store.endSession(user, id, event, now);
    }
    if (verdict !== 'grace') throw dead();
  }
  const { session } = rotated;
  // What the brand file took from the client since is gone with the next refresh.
  const held = session && heldScope(client, session.scope);
  const scope = held && narrowedScope(held, input.scope);
  if (!session || scope === undefined) throw dead();
  const counting = withLevelNow(session, deps.levels, now);
  const claims = hasScope(scope, 'openid') ? await deps.idTokenClaims(client, counting, owner) : {};
  return tokenResponse({ ...deps, now }, client, counting, { scope, ...(key && { jkt: key.jkt }), claims });
}
