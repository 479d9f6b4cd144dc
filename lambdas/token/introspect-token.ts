import type { AuthenticationPolicy } from '../shared/domain/authentication-policy.ts';
import type { Client } from '../shared/domain/brand.ts';
import type { SessionId, UserId } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { isAlive } from '../shared/domain/session.ts';
import { withLevelNow } from '../shared/domain/session-standing.ts';
import { seconds } from '../shared/domain/time.ts';
import type { VerifiedAccessToken } from '../shared/oidc/access-token.ts';
import { readRefreshToken } from '../shared/oidc/refresh-token.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findSession } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly issuer: string;
  readonly levels: AuthenticationPolicy['levels'];
  readonly sealing: SealingRing;
  readonly clientLives: (id: string) => Promise<boolean>;
  readonly readAccessToken: (token: string) => Promise<VerifiedAccessToken>;
  readonly store: Bound<{ readonly findSession: typeof findSession; readonly findUser: typeof findUser }>;
}

/** RFC 7662 section 2.2. Whatever is not plainly active says nothing else (INT1). */
export type Introspection =
  | { readonly active: false }
  | ({ readonly active: true } & Readonly<Record<string, unknown>>);

const inactive: Introspection = { active: false };

async function alive(deps: Deps, user: UserId, id: SessionId, now: number) {
  const [session, owner] = await Promise.all([deps.store.findSession(user, id), deps.store.findUser(user)]);
  return session && isAlive(session, owner, now) ? withLevelNow(session, deps.levels, now) : undefined;
}

async function introspectRefreshToken(deps: Deps, client: Client, token: string, now: number) {
  const subject = readRefreshToken(deps.sealing, token);
  if (!subject) return undefined;
  const session = await alive(deps, subject.user, subject.session, now);
  const current = session?.clientId === client.id && session.generation === subject.generation;
  if (!session || !current) return inactive;
  return {
    active: true,
    token_type: 'refresh_token',
    iss: deps.issuer,
    sub: subject.user,
    client_id: client.id,
    scope: session.scope,
    exp: Math.min(session.idleUntil, session.endsAt),
    ...(session.jkt !== undefined && { cnf: { jkt: session.jkt } }),
  } as const;
}

/**
 * A client may ask about the tokens it holds and those that are meant for its API (RFC 7662 section 4). All clients that
 * registered themselves share one audience, which is the API of none of them.
 */
export function concerns(client: Client, { clientId, audience }: VerifiedAccessToken): boolean {
  return clientId === client.id || (!client.selfRegistered && audience.includes(client.audience));
}

async function introspectAccessToken(deps: Deps, client: Client, token: string, now: number): Promise<Introspection> {
  let verified: VerifiedAccessToken;
  try {
    verified = await deps.readAccessToken(token);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'token_invalid') return inactive;
    throw error;
  }
  const { person, clientId, scope, audience, expiresAt, issuedAt, sub, jkt, act } = verified;
  if (!concerns(client, verified) || expiresAt <= seconds(now)) return inactive;
  const [lives, session] = await Promise.all([
    deps.clientLives(clientId),
    person && alive(deps, person.user, person.session, now),
  ]);
  if (!lives || (person && !session)) return inactive;
  const times = { iat: issuedAt, exp: expiresAt };
  // What the sign-in still counts for: an API need not know how long that is (RFC 9470 section 6.2).
  const named = person &&
    session && { sid: person.session, auth_time: person.authTime, acr: session.acr, amr: [...session.amr] };
  return {
    active: true,
    token_type: jkt === undefined ? 'Bearer' : 'DPoP',
    iss: deps.issuer,
    sub,
    aud: audience,
    client_id: clientId,
    scope,
    ...times,
    ...named,
    // RFC 9449 section 6.2: who takes the token has to see the key proven.
    ...(jkt !== undefined && { cnf: { jkt } }),
    // RFC 8693 section 4.1: who takes the token has to see who acts by it.
    ...(act && { act }),
  };
}

/**
 * Tells a confidential client whether a token is active now: signature, times, session and owner. One wave.
 * @throws Refusal `unavailable`: a token is never called active or dead on a guess
 */
export async function introspectToken(deps: Deps, client: Client, token: string, now: number): Promise<Introspection> {
  const refresh = await introspectRefreshToken(deps, client, token, now);
  return refresh ?? introspectAccessToken(deps, client, token, now);
}
