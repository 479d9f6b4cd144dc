import { createHash } from 'node:crypto';
import type { Client } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { isAlive, ownerAllows } from '../shared/domain/session.ts';
import { seconds } from '../shared/domain/time.ts';
import { together } from '../shared/domain/together.ts';
import { readHandle } from '../shared/oidc/bearer-handle.ts';
import type { ProvenKey } from '../shared/oidc/dpop-proof.ts';
import { demand, OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import { type TokenContext, type TokenResponse, tokenResponse } from '../shared/oidc/token-response.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { followBrowserSession } from '../shared/store/browser-session-store.ts';
import type { endSession, exchangeCode } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import type { IdTokenClaims } from './id-token-claims.ts';
import { refuseUsedProof } from './refuse-used-proof.ts';

interface Deps extends Omit<TokenContext, 'now'> {
  readonly idTokenClaims: IdTokenClaims;
  /** The key that the request proves; its proof is spent in the same wave. */
  readonly key?: ProvenKey | undefined;
  readonly store: Bound<{
    readonly exchangeCode: typeof exchangeCode;
    readonly findUser: typeof findUser;
    readonly endSession: typeof endSession;
    readonly followBrowserSession: typeof followBrowserSession;
  }>;
}

interface Exchange {
  readonly code?: string | undefined;
  readonly redirect_uri?: string | undefined;
  readonly code_verifier?: string | undefined;
}

const dead = () => new OAuthRefusal('invalid_grant', 'the code is invalid, expired or used');

/** RFC 7636 section 4.1; anything else can match no challenge, and spends the code as a wrong one does (OP3). */
const verifierShape = /^[A-Za-z0-9._~-]{43,128}$/;

function challengeOf(verifier: string | undefined): string | undefined {
  if (verifier === undefined) return undefined;
  return verifierShape.test(verifier) ? createHash('sha256').update(verifier).digest('base64url') : 'malformed';
}

/**
 * Exchanges a code for the tokens of its session: one conditional write, the owner and the browser's session read beside
 * it. One wave; one more where that session was replaced since, by a step-up or a new sign-in, and one where the ID token
 * shall have claims about the person. A failed exchange spends the code, and a second use ends the session that the first
 * one opened (OP3-OP5).
 * @param arrivedAt milliseconds at which the gateway took the request
 * @throws OAuthRefusal `invalid_request`, `invalid_grant`; Refusal `unavailable`
 */
export async function exchangeAuthorizationCode(
  deps: Deps,
  client: Client,
  input: Exchange,
  arrivedAt: number,
  now: number,
): Promise<TokenResponse> {
  const { lifetimes, store, key } = deps;
  demand(input.code !== undefined, 'invalid_request', 'code is missing');
  // Without PKCE the redirect is what the code is bound to, and has to be shown (RFC 6749 section 4.1.3).
  const bound = input.code_verifier !== undefined || input.redirect_uri !== undefined;
  demand(bound, 'invalid_request', 'code_verifier or redirect_uri is missing');
  const subject = readHandle(deps.sealing, 'authorization', input.code);
  if (!subject?.browser) throw dead();

  const { user, session: id } = subject;
  const exchange = {
    ...subject,
    clientId: client.id,
    redirectUri: input.redirect_uri,
    challenge: challengeOf(input.code_verifier),
    idleUntil: seconds(now) + lifetimes.refreshIdle,
    proven: key?.jkt,
    binds: client.authentication === 'none' ? key?.jkt : undefined,
    now,
  };
  const [exchanged, owner, browser, isNew] = await together([
    store.exchangeCode(exchange),
    store.findUser(user),
    store.followBrowserSession(user, subject.browser),
    key?.spend(),
  ]);
  if (isNew === false) await refuseUsedProof(deps, { user, session: id, moved: exchanged.done }, now);
  if (!exchanged.done) {
    const usedAt = exchanged.session?.code?.usedAt;
    // A rival that was under way when the winner wrote is no thief (RT2's rule).
    const lostRace = usedAt !== undefined && arrivedAt <= usedAt;
    if (exchanged.session && exchanged.session.revokedAt === undefined && !lostRace) {
      const event = newEvent(
        'grant.reuse_detected',
        { sub: user, session: id, client: exchanged.session.clientId },
        now,
        deps.random,
      );
      await store.endSession(user, id, event, now);
    }
    throw dead();
  }
  if (!owner || !ownerAllows(owner, id)) throw dead();
  if (!isAlive(browser, owner, now)) {
    // Signed out there between the request and now: what a logout ends may not have had this session in its list yet.
    const data = { sub: user, session: id, reason: 'signed_out' } as const;
    await store.endSession(user, id, newEvent('session.ended', data, now, deps.random), now);
    throw dead();
  }
  const { nonce } = exchanged.session.code ?? {};
  const claims = await deps.idTokenClaims(client, exchanged.session, owner);
  const asked = { ...(nonce !== undefined && { nonce }), ...(key && { jkt: key.jkt }), claims };
  return tokenResponse({ ...deps, now }, client, exchanged.session, asked);
}
