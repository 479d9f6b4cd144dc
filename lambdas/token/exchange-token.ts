import type { AuthenticationPolicy } from '../shared/domain/authentication-policy.ts';
import type { Client } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { isAlive } from '../shared/domain/session.ts';
import { withLevelNow } from '../shared/domain/session-standing.ts';
import { seconds } from '../shared/domain/time.ts';
import { accessToken, type VerifiedAccessToken } from '../shared/oidc/access-token.ts';
import { type Actor, lengthOfChain, mayActIsMet } from '../shared/oidc/actor.ts';
import type { ProvenKey } from '../shared/oidc/dpop-proof.ts';
import { demand, OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import { hasScope, heldScope, narrowedScope } from '../shared/oidc/scope.ts';
import type { TokenContext, TokenResponse } from '../shared/oidc/token-response.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findSession, noteExchange } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import { concerns } from './introspect-token.ts';

interface Deps extends Omit<TokenContext, 'now'> {
  readonly levels: AuthenticationPolicy['levels'];
  readonly key?: ProvenKey | undefined;
  readonly clientLives: (id: string) => Promise<boolean>;
  readonly readAccessToken: (token: string) => Promise<VerifiedAccessToken>;
  readonly store: Bound<{
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
    readonly noteExchange: typeof noteExchange;
  }>;
}

interface Input {
  readonly subject_token?: string | undefined;
  readonly subject_token_type?: string | undefined;
  readonly actor_token?: string | undefined;
  readonly actor_token_type?: string | undefined;
  readonly requested_token_type?: string | undefined;
  readonly audience?: string | undefined;
  readonly resource?: string | undefined;
  readonly scope?: string | undefined;
}

/** The one type of token that is taken and given (RFC 8693 section 3). */
const tokenType = 'urn:ietf:params:oauth:token-type:access_token';
/** Who act one after another for a person: a longer chain is a circle. */
const longestChain = 4;

type Person = NonNullable<VerifiedAccessToken['person']>;

/** RFC 8693 section 2.1: what is presented, and what is wanted for it. */
function checkTypes(input: Input): void {
  const { subject_token_type, actor_token, actor_token_type, requested_token_type } = input;
  demand(subject_token_type === tokenType, 'invalid_request', `subject_token_type must be ${tokenType}`);
  const wanted = requested_token_type === undefined || requested_token_type === tokenType;
  demand(wanted, 'invalid_request', `requested_token_type must be ${tokenType}`);
  const actorIsWhole = actor_token === undefined ? actor_token_type === undefined : actor_token_type === tokenType;
  demand(actorIsWhole, 'invalid_request', `actor_token comes with actor_token_type ${tokenType}`);
}

/** RFC 8693 section 2.1, RFC 8707 section 2: an API that the brand file names for this client, and no other. */
function targetOf({ exchange }: Client, { audience, resource }: Input): string {
  const [usual = '', ...others] = exchange?.audiences ?? [];
  const asked = audience ?? resource ?? usual;
  const one = audience === undefined || resource === undefined || audience === resource;
  const allowed = one && asked !== '' && [usual, ...others].includes(asked);
  demand(allowed, 'invalid_target', 'the client may not exchange tokens for this audience');
  return asked;
}

/** RFC 8693 section 2.2.2: a token that is no good is the fault of the request. */
async function verified(deps: Deps, token: string, now: number, name: string): Promise<VerifiedAccessToken> {
  try {
    const read = await deps.readAccessToken(token);
    if (read.expiresAt > seconds(now)) return read;
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'token_invalid')) throw error;
  }
  throw new OAuthRefusal('invalid_request', `${name} is invalid or expired`);
}

/** The session of a person whose token is shown, where it lives. */
async function livingSession({ levels, store }: Deps, { user, session: id }: Person, now: number) {
  const [session, owner] = await Promise.all([store.findSession(user, id), store.findUser(user)]);
  return session && isAlive(session, owner, now) ? withLevelNow(session, levels, now) : undefined;
}

/** What was bound to a key is worth nothing without it (RFC 9449). */
function keyHolds({ key }: Deps, { jkt }: VerifiedAccessToken): boolean {
  return jkt === undefined || key?.jkt === jkt;
}

/**
 * Who acts: the client itself, or whom its actor token names. A person acts for another one only where the subject's
 * token says so.
 */
async function actorOf(deps: Deps, client: Client, input: Input, subject: VerifiedAccessToken, now: number) {
  const before = subject.act && { act: subject.act };
  const { actor_token: token } = input;
  if (token === undefined) return { act: { sub: client.id, ...before } };
  const actor = await verified(deps, token, now, 'actor_token');
  const own = actor.clientId === client.id && actor.act === undefined && keyHolds(deps, actor);
  demand(own, 'invalid_request', 'actor_token must be one that this client got for itself');
  const { sub, person } = actor;
  demand(!person || subject.mayAct !== undefined, 'invalid_request', 'subject_token lets no other person act');
  return person ? { act: { sub, client_id: client.id, ...before }, person } : { act: { sub, ...before } };
}

/** RFC 8693 section 4.4: where the subject's token names who may act, nobody else may. */
function checkActor({ issuer }: Deps, { mayAct }: VerifiedAccessToken, act: Actor): void {
  const named = mayAct === undefined || mayActIsMet(mayAct, { ...act, iss: issuer });
  demand(named, 'invalid_request', 'subject_token lets somebody else act');
  demand(lengthOfChain(act) <= longestChain, 'invalid_request', 'subject_token was exchanged too often');
}

/** What was bound to a key never gets loose of one: of the same one where the token is the client's own. */
function checkBinding(deps: Deps, client: Client, subject: VerifiedAccessToken): void {
  const bound = subject.jkt === undefined || deps.key !== undefined;
  demand(bound, 'invalid_dpop_proof', 'subject_token is bound to a key, and what comes of it must be too');
  const own = subject.clientId === client.id;
  demand(!own || keyHolds(deps, subject), 'invalid_dpop_proof', 'subject_token is bound to another key');
}

/** Never more than the subject's token has and the client is registered for (TX1); what begets tokens stays behind. */
function scopeOf(client: Client, { scope: held }: VerifiedAccessToken, requested: string | undefined): string {
  const within = heldScope(client, held)
    .split(' ')
    .filter((scope) => scope !== 'offline_access')
    .join(' ');
  const scope = narrowedScope(within, requested);
  demand(scope !== undefined && scope !== '', 'invalid_scope', 'the scope is wider than that of subject_token');
  return scope;
}

/**
 * Exchanges a person's access token for one to an API behind this client (RFC 8693; TX1): for less or the same, for no
 * longer, and dead with the same session. Two waves: who is alive, then the note on the session.
 * @throws OAuthRefusal `invalid_request`, `invalid_target`, `invalid_scope`, `invalid_dpop_proof`; Refusal `unavailable`
 */
export async function exchangeToken(deps: Deps, client: Client, input: Input, now: number): Promise<TokenResponse> {
  const { issuer, lifetimes, random, store, key } = deps;
  demand(input.subject_token !== undefined, 'invalid_request', 'subject_token is missing');
  checkTypes(input);
  const target = targetOf(client, input);
  const subject = await verified(deps, input.subject_token, now, 'subject_token');
  demand(concerns(client, subject), 'invalid_request', 'subject_token is not meant for this client');
  const { person } = subject;
  demand(person !== undefined, 'invalid_request', 'subject_token speaks for no person');
  checkBinding(deps, client, subject);
  const scope = scopeOf(client, subject, input.scope);
  const { act, person: actor } = await actorOf(deps, client, input, subject, now);
  checkActor(deps, subject, act);
  const [lives, session, actorSession] = await Promise.all([
    deps.clientLives(subject.clientId),
    livingSession(deps, person, now),
    actor && livingSession(deps, actor, now),
  ]);
  demand(lives && session !== undefined, 'invalid_request', 'subject_token is invalid or expired');
  demand(!actor || actorSession !== undefined, 'invalid_request', 'actor_token is invalid or expired');
  demand((await key?.spend()) !== false, 'invalid_dpop_proof', 'the proof was used before');

  const data = { sub: person.user, session: session.id, client: client.id, from: subject.clientId };
  const noted = await store.noteExchange(person.user, session.id, newEvent('token.exchanged', data, now, random), now);
  demand(noted, 'invalid_request', 'subject_token is invalid or expired');
  const lifetime = Math.min(lifetimes.accessToken, subject.expiresAt - seconds(now), session.endsAt - seconds(now));
  const forUserinfo = hasScope(scope, 'openid') && subject.audience.includes(issuer);
  const audience = forUserinfo ? [target, issuer] : [target];
  return {
    access_token: await accessToken({ ...deps, now }, client, session, scope, lifetime, {
      jkt: key?.jkt,
      audience,
      act,
    }),
    issued_token_type: tokenType,
    token_type: key ? 'DPoP' : 'Bearer',
    expires_in: lifetime,
    scope,
  };
}
