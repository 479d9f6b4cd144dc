import type { Brand } from '../shared/domain/brand.ts';
import { type BrowserSession, originOf } from '../shared/domain/browser-session.ts';
import type { FindClient } from '../shared/domain/clients.ts';
import { newEvent } from '../shared/domain/event.ts';
import { newSessionId, type Random } from '../shared/domain/id.ts';
import { type Session, type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import { seconds } from '../shared/domain/time.ts';
import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import { handle } from '../shared/oidc/bearer-handle.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { touchBrowserSession } from '../shared/store/browser-session-store.ts';
import type { beginSession } from '../shared/store/session-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type AuthorizationStep, decideAuthorization } from './decide-authorization.ts';
import { type LevelDeps, levelFor } from './level-for.ts';
import type { Known } from './read-known.ts';

interface Deps {
  readonly brand: Brand;
  readonly findClient: FindClient;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: LevelDeps['store'] &
    Bound<{
      readonly touchBrowserSession: typeof touchBrowserSession;
      readonly beginSession: typeof beginSession;
    }>;
}

/** A page that the person must pass, or the code for the client. */
export type Authorized =
  | { readonly step: Exclude<AuthorizationStep, 'issue' | 'other-person'> }
  | { readonly step: 'issue'; readonly code: string };

/** Seconds; OAuth 2.1 section 4.1.2 allows ten minutes, ASVS 10.4.3 a browser's round trip. */
const codeLifetime = 60;
/** Seconds of use that are not worth a write. */
const touchAfter = 300;

/** What `prompt=none` answers instead of a page (OIDC Core section 3.1.2.6). */
const silently = {
  'sign-up': 'login_required',
  'sign-in': 'login_required',
  'choose-account': 'account_selection_required',
  purposes: 'interaction_required',
  consent: 'consent_required',
  device: 'interaction_required',
  'step-up': 'interaction_required',
  enrol: 'interaction_required',
} as const;

/** The session that the code will open; until then it lives no longer than the code. */
function pendingSession(
  deps: Deps,
  request: AuthorizationRequest,
  browser: BrowserSession,
  device: SessionDevice,
  now: number,
): Session {
  const { brand, random, sealing } = deps;
  const id = newSessionId(now, random);
  const until = seconds(now) + codeLifetime;
  const { redirectUri, codeChallenge: challenge, nonce, dpopJkt: jkt } = request;
  const { methods, acr, amr } = standingOf(browser, brand.authentication, now);
  return {
    id,
    userId: browser.userId,
    clientId: request.clientId,
    scope: request.scope,
    generation: 0,
    methods,
    acr,
    amr,
    authTime: browser.authTime,
    lastSeenAt: seconds(now),
    idleUntil: until,
    endsAt: seconds(now) + brand.lifetimes.refreshAbsolute,
    sealed: sealing.sealEphemeral(sessionItemKey(browser.userId, id), device),
    ...(request.claims && { claims: request.claims }),
    browserSession: originOf(browser),
    code: {
      redirectUri,
      ...(challenge !== undefined && { challenge }),
      ...(nonce !== undefined && { nonce }),
      ...(jkt !== undefined && { jkt }),
      until,
    },
  };
}

/**
 * Decides a checked request and, where nothing is left to ask, issues the code: one write. The code names the browser's
 * session too, so that its exchange can see whether the person is still signed in there.
 * @throws AuthorizationRefusal under `prompt=none`; Refusal `unavailable`
 */
export async function authorize(
  deps: Deps,
  request: AuthorizationRequest,
  known: Known,
  device: SessionDevice,
  now: number,
): Promise<Authorized> {
  const { brand, random, sealing, store } = deps;
  const { session, agreements, consents } = known;
  const client = await deps.findClient(request.clientId);
  if (!client) throw new AuthorizationRefusal('invalid_request', 'the client is no longer registered');
  const agreement = agreements.find(({ clientId }) => clientId === client.id);
  const level = await levelFor(deps, request, client, known, now);
  if (level === 'unmet') {
    throw new AuthorizationRefusal('unmet_authentication_requirements', 'the level is out of reach', request);
  }
  const facts = { request, client, session, agreement, purposes: brand.purposes, consents, level, now: seconds(now) };
  const step = decideAuthorization(facts);

  // OIDC Core section 3.1.2.2: whoever was asked for has not signed in, and to ask again would go round in circles.
  if (step === 'other-person') throw new AuthorizationRefusal('login_required', 'somebody else signed in', request);
  if (step !== 'issue') {
    if (request.prompt.includes('none')) throw new AuthorizationRefusal(silently[step], 'the person must act', request);
    return { step };
  }
  if (!session) throw new AuthorizationRefusal('login_required', 'nobody is signed in', request);
  const pending = pendingSession(deps, request, session, device, now);
  const { userId: sub } = pending;
  const event = newEvent('client.authorized', { sub, session: pending.id, client: client.id }, now, random);
  const lapsed = standingOf(session, brand.authentication, now).lapsed !== 'no';
  const idleUntil = Math.min(session.endsAt, seconds(now) + brand.lifetimes.refreshIdle);
  await Promise.all([
    store.beginSession(pending, event),
    seconds(now) - session.lastSeenAt > touchAfter
      ? store.touchBrowserSession(sub, session.id, { idleUntil, lapsed }, now)
      : undefined,
  ]);
  return { step, code: handle(sealing, 'authorization', { user: sub, session: pending.id, browser: session.id }) };
}
