import type { Agreement } from '../shared/domain/agreement.ts';
import type { Client, Purpose } from '../shared/domain/brand.ts';
import type { BrowserSession } from '../shared/domain/browser-session.ts';
import { type Consent, requiredPurposesHold } from '../shared/domain/consent.ts';
import { sessionStart } from '../shared/domain/id.ts';
import { seconds } from '../shared/domain/time.ts';
import { type AuthorizationRequest, askedScopes } from '../shared/oidc/authorization-request.ts';
import { isAnybodysRedirectUri } from '../shared/oidc/redirect-uri.ts';
import type { LevelStep } from './decide-level.ts';

/** What is known when a request is decided. */
export interface AuthorizationFacts {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  /** The live session of this browser. */
  readonly session: BrowserSession | undefined;
  readonly agreement: Agreement | undefined;
  readonly purposes: readonly Purpose[];
  readonly consents: readonly Consent[];
  /** What the level of the session calls for. */
  readonly level: Exclude<LevelStep, 'unmet'>;
  /** Epoch seconds. */
  readonly now: number;
}

/** What comes next for this request: a page of ours, or the code. */
export type AuthorizationStep =
  | 'sign-up'
  | 'sign-in'
  | 'step-up'
  | 'enrol'
  | 'other-person'
  | 'choose-account'
  | 'purposes'
  | 'consent'
  | 'device'
  | 'issue';

/**
 * To the millisecond, which the session's id carries: in a whole second a hasty client fits two requests. A session that
 * only took another's place is as old as that sign-in.
 */
export function signedInSince(session: BrowserSession | undefined, milliseconds: number): boolean {
  if (!session || session.authTime < seconds(milliseconds)) return false;
  return sessionStart(session.id) >= milliseconds;
}

/** Somebody else is signed in than the client asks for (OIDC Core section 3.1.2.2). */
function isAnother({ request: { hintedSub }, session }: AuthorizationFacts): boolean {
  return session !== undefined && hintedSub !== undefined && hintedSub !== session.userId;
}

/** OIDC Core section 3.1.2.3: no session, another person's, too old a one, or the client insists. */
function needsSignIn(facts: AuthorizationFacts): boolean {
  const { request, session, now } = facts;
  if (!session) return true;
  if (isAnother(facts)) return true;
  const tooOld = request.maxAge !== undefined && now - session.authTime > request.maxAge;
  const anew = request.prompt.includes('login') || request.maxAge === 0;
  return (tooOld || anew) && !signedInSince(session, request.at);
}

/**
 * Nobody vouches for who it is: it registered itself, or nothing but a name says that the code comes to it (CON1, ASVS 10.7.1,
 * RFC 8252 section 8.6). The brand's own is in the dev stage alone at such an address.
 */
function isAnybody({ request, client }: AuthorizationFacts): boolean {
  if (client.selfRegistered) return true;
  return !client.firstParty && client.authentication === 'none' && isAnybodysRedirectUri(request.redirectUri);
}

/** A brand's own client asks for no consent unless it wants to; every other one for each new scope; anybody each time. */
function needsConsent(facts: AuthorizationFacts): boolean {
  const { request, client, agreement } = facts;
  if (request.prompt.includes('consent') || isAnybody(facts))
    return agreement === undefined || agreement.at < request.at;
  if (client.firstParty) return false;
  return !askedScopes(request).every((scope) => agreement?.scopes.includes(scope));
}

/** Decides what a checked request needs next: pure, hence a table in the tests. */
export function decideAuthorization(facts: AuthorizationFacts): AuthorizationStep {
  const { request } = facts;
  const fresh = signedInSince(facts.session, request.at);
  if (request.prompt.includes('create') && !fresh) return 'sign-up';
  if (isAnother(facts) && fresh) return 'other-person';
  if (needsSignIn(facts)) return 'sign-in';
  if (request.prompt.includes('select_account') && !fresh) return 'choose-account';
  if (facts.level !== 'reached') return facts.level;
  if (!requiredPurposesHold(facts.purposes, facts.consents)) return 'purposes';
  // A device is let in on a page of its own, which shows its code beside what its client asks for.
  if (request.userCode !== undefined) return 'device';
  return needsConsent(facts) ? 'consent' : 'issue';
}
