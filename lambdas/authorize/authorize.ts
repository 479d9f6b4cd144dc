import { secondFactorPolicy } from '../shared/domain/authentication-policy.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { type BrowserSession, originOf } from '../shared/domain/browser-session.ts';
import type { FindClient } from '../shared/domain/clients.ts';
import { newEvent } from '../shared/domain/event.ts';
import { newSessionId, type Random } from '../shared/domain/id.ts';
import { isAlive, type Session, type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import { seconds } from '../shared/domain/time.ts';
import type { User } from '../shared/domain/user.ts';
import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import { type HandleSubject, handle } from '../shared/oidc/bearer-handle.ts';
import type { findSaid } from '../shared/store/agreement-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findBrowserSession, touchBrowserSession } from '../shared/store/browser-session-store.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { beginSession } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type AuthorizationStep, decideAuthorization, signedInSince } from './decide-authorization.ts';
import { decideLevel, fallsShort, type LevelStep } from './decide-level.ts';

interface Deps {
  readonly brand: Brand;
  readonly findClient: FindClient;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{
    readonly findBrowserSession: typeof findBrowserSession;
    readonly touchBrowserSession: typeof touchBrowserSession;
    readonly findUser: typeof findUser;
    readonly findSaid: typeof findSaid;
    readonly findCredentials: typeof findCredentials;
    readonly beginSession: typeof beginSession;
  }>;
}

/** A page that the person must pass, or the code for the client. */
export type Authorized =
  | { readonly step: Exclude<AuthorizationStep, 'issue'> }
  | { readonly step: 'issue'; readonly code: string };

/** What the level is judged by. */
interface LevelContext {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: BrowserSession | undefined;
  readonly owner: User | undefined;
  readonly now: number;
}

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

async function known(deps: Deps, claimed: HandleSubject | undefined, now: number) {
  if (!claimed) return { session: undefined, owner: undefined, agreements: [], consents: [] };
  const [session, owner, said] = await Promise.all([
    deps.store.findBrowserSession(claimed.user, claimed.session),
    deps.store.findUser(claimed.user),
    deps.store.findSaid(claimed.user),
  ]);
  return { session: isAlive(session, owner, now) ? session : undefined, owner, ...said };
}

/** What the level of the session calls for; the account's factors are read only where it falls short. */
async function levelFor(
  { brand, store }: Deps,
  { request, client, session, owner, now }: LevelContext,
): Promise<LevelStep> {
  if (!session || !owner) return 'reached';
  const standing = standingOf(session, brand.authentication, now);
  const fresh = signedInSince(session, request.at);
  const facts = { request, policy: secondFactorPolicy(brand, client), session, standing, fresh };
  const enrolled = fallsShort(facts) ? (await store.findCredentials(owner.identHash)).enrolled : undefined;
  const level = decideLevel(facts, enrolled);
  // Nobody acts, and the level was no more than a wish: the token tells the one that there is.
  const wish = level === 'step-up' && facts.policy !== 'required' && !request.acrEssential;
  return wish && request.prompt.includes('none') ? 'reached' : level;
}

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
  return {
    id,
    userId: browser.userId,
    clientId: request.clientId,
    scope: request.scope,
    generation: 0,
    methods: browser.methods,
    acr: standingOf(browser, brand.authentication, now).acr,
    amr: browser.amr,
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
 * Decides a checked request and, where nothing is left to ask, issues the code. Two waves with a live session.
 * @param claimed whose browser session the cookie names
 * @throws AuthorizationRefusal under `prompt=none`; Refusal `unavailable`
 */
export async function authorize(
  deps: Deps,
  request: AuthorizationRequest,
  claimed: HandleSubject | undefined,
  device: SessionDevice,
  now: number,
): Promise<Authorized> {
  const { brand, random, sealing, store } = deps;
  const client = await deps.findClient(request.clientId);
  if (!client) throw new AuthorizationRefusal('invalid_request', 'the client is no longer registered');
  const { session, owner, agreements, consents } = await known(deps, claimed, now);
  const agreement = agreements.find(({ clientId }) => clientId === client.id);
  const level = await levelFor(deps, { request, client, session, owner, now });
  if (level === 'unmet') {
    throw new AuthorizationRefusal('unmet_authentication_requirements', 'the level is out of reach', request);
  }
  const facts = { request, client, session, agreement, purposes: brand.purposes, consents, level, now: seconds(now) };
  const step = decideAuthorization(facts);

  if (step !== 'issue') {
    if (request.prompt.includes('none')) throw new AuthorizationRefusal(silently[step], 'the person must act', request);
    return { step };
  }
  if (!session) throw new AuthorizationRefusal('login_required', 'nobody is signed in', request);
  const pending = pendingSession(deps, request, session, device, now);
  const { userId: sub, amr } = pending;
  const event = newEvent('user.signed_in', { sub, session: pending.id, client: client.id, amr: [...amr] }, now, random);
  const lapsed = standingOf(session, brand.authentication, now).lapsed !== 'no';
  const idleUntil = Math.min(session.endsAt, seconds(now) + brand.lifetimes.refreshIdle);
  await Promise.all([
    store.beginSession(pending, event),
    seconds(now) - session.lastSeenAt > touchAfter
      ? store.touchBrowserSession(sub, session.id, { idleUntil, lapsed }, now)
      : undefined,
  ]);
  return { step, code: handle(sealing, 'authorization', { user: sub, session: pending.id }) };
}
