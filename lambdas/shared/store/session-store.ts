import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import type { AuthorizationCode, Session } from '../domain/session.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, any, type Clause, contains, equals, present } from './clauses.ts';
import { type Item, putWhere, updateWhere } from './conditional-write.ts';
import { read, readAll } from './read.ts';
import type { Tables } from './tables.ts';
import { ensure, put, update } from './transaction.ts';

const keyOf = (user: UserId, session: SessionId) => ({ pk: `GRANT#${user}`, sk: session });

/** The code's bindings stand flat in the item, where a condition can name each. */
function codeAttributes({ redirectUri, challenge, nonce, jkt, until }: AuthorizationCode): Item {
  const bindings = { codeRedirectUri: redirectUri, codeChallenge: challenge, codeNonce: nonce, codeJkt: jkt };
  return { ...bindings, codeUntil: until };
}

function toCode(item: Item): AuthorizationCode | undefined {
  if (item.codeUntil === undefined) return undefined;
  return {
    redirectUri: item.codeRedirectUri,
    ...(item.codeChallenge !== undefined && { challenge: item.codeChallenge }),
    ...(item.codeNonce !== undefined && { nonce: item.codeNonce }),
    ...(item.codeJkt !== undefined && { jkt: item.codeJkt }),
    until: item.codeUntil,
    ...(item.codeUsedAt !== undefined && { usedAt: item.codeUsedAt }),
  };
}

function toItem(session: Session, event: ItemEvent): Item {
  const { id, userId, scope, code, ...attributes } = session;
  return {
    ...keyOf(userId, id),
    ...attributes,
    ...(code && codeAttributes(code)),
    scopes: scope.split(' '),
    event,
    ttl: session.endsAt + 86_400,
  };
}

function toSession(item: Item): Session {
  const userId = String(item.pk).slice('GRANT#'.length) as UserId;
  const code = toCode(item);
  return {
    ...(item as unknown as Session),
    id: item.sk,
    userId,
    scope: item.scopes.join(' '),
    ...(code && { code }),
  };
}

const live = (now: number) => [
  present('pk'),
  absent('revokedAt'),
  after('endsAt', seconds(now)),
  after('idleUntil', seconds(now)),
];

/** What a request shows of a key, and what the session's refresh token is bound to from now on (RFC 9449). */
export interface KeyBinding {
  /** Thumbprint of the key that the request proved. */
  readonly proven?: string | undefined;
  /** The same where the client is public: its refresh tokens are worth nothing without the key. */
  readonly binds?: string | undefined;
}

/** What is bound to a key wants that key proven; what is bound to none takes any. */
const keyHolds = (attribute: string, proven: string | undefined) =>
  proven === undefined ? absent(attribute) : any(absent(attribute), equals(attribute, proven));

/** The step that begins a session inside a transaction. */
export function beginSessionStep(tables: Tables, session: Session, event: ItemEvent) {
  return put(tables.sessions, toItem(session, event));
}

/** Begins a session: one write. @throws Refusal `unavailable` */
export async function beginSession(tables: Tables, session: Session, event: ItemEvent): Promise<void> {
  await putWhere(tables, tables.sessions, toItem(session, event));
}

/** @throws Refusal `unavailable` */
export async function findSession(tables: Tables, user: UserId, session: SessionId): Promise<Session | undefined> {
  const item = await read(tables, tables.sessions, keyOf(user, session));
  return item && toSession(item);
}

/** Every session of the person, oldest first, dead ones included. @throws Refusal `unavailable` */
export async function listSessions(tables: Tables, user: UserId): Promise<readonly Session[]> {
  return (await readAll(tables, tables.sessions, `GRANT#${user}`)).map(toSession);
}

/** The check that a change of this session's owner carries: the session is alive. */
export function sessionLivesStep(tables: Tables, user: UserId, session: SessionId, now: number) {
  return ensure(tables.sessions, keyOf(user, session), live(now));
}

/** The step that makes a session that lives count for what was proven besides. */
export function elevateSessionStep(
  tables: Tables,
  user: UserId,
  session: SessionId,
  { methods, acr, amr }: Pick<Session, 'methods' | 'acr' | 'amr'>,
  now: number,
) {
  return update(tables.sessions, keyOf(user, session), { set: { methods, acr, amr } }, live(now));
}

/** The step that ends a session inside a transaction. */
export function endSessionStep(tables: Tables, user: UserId, session: SessionId, event: ItemEvent, now: number) {
  return update(tables.sessions, keyOf(user, session), { set: { revokedAt: now, event } }, live(now));
}

export interface Rotation extends KeyBinding {
  readonly user: UserId;
  readonly session: SessionId;
  readonly clientId: string;
  /** Generation of the presented token. */
  readonly generation: number;
  /** Scopes asked for; a token is not spent on a scope that it does not have. */
  readonly scopes: readonly string[];
  readonly idleUntil: number;
  /** Milliseconds. */
  readonly now: number;
}

export type Rotated =
  | { readonly done: true; readonly session: Session }
  | { readonly done: false; readonly session?: Session };

/**
 * Rotates the refresh token: one conditional write tells the winner from everybody else, and the item that stood in the
 * way tells a lost race from a replay (RT1, RT2).
 * @throws Refusal `unavailable`
 */
export async function rotate(tables: Tables, rotation: Rotation): Promise<Rotated> {
  const { user, session, clientId, generation, scopes, idleUntil, proven, binds: jkt, now } = rotation;
  const change = {
    set: { generation: generation + 1, rotatedAt: now, idleUntil, lastSeenAt: seconds(now), jkt },
  };
  const conditions = [
    ...live(now),
    equals('clientId', clientId),
    equals('generation', generation),
    keyHolds('jkt', proven),
    ...scopes.map((scope) => contains('scopes', scope)),
  ];
  const outcome = await updateWhere(tables, tables.sessions, keyOf(user, session), change, conditions);
  if (outcome.done) return { done: true, session: toSession(outcome.item) };
  return { done: false, ...(outcome.item && { session: toSession(outcome.item) }) };
}

/**
 * Ends a session for good. `clientId`: only where it is that client's (RFC 7009 section 2.1).
 * @returns whether it was alive and is dead now
 * @throws Refusal `unavailable`: a revocation that may not have happened is not reported as done (REV1)
 */
export async function endSession(
  tables: Tables,
  user: UserId,
  session: SessionId,
  event: ItemEvent,
  now: number,
  clientId?: string,
): Promise<boolean> {
  const conditions = [present('pk'), absent('revokedAt'), ...(clientId ? [equals('clientId', clientId)] : [])];
  const change = { set: { revokedAt: now, event } };
  const outcome = await updateWhere(tables, tables.sessions, keyOf(user, session), change, conditions);
  return outcome.done;
}

/**
 * Notes on a session that lives that another token was made of one of its access tokens (RFC 8693).
 * @returns `false` where it has died
 * @throws Refusal `unavailable`
 */
export async function noteExchange(
  tables: Tables,
  user: UserId,
  session: SessionId,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  return (await updateWhere(tables, tables.sessions, keyOf(user, session), { set: { event } }, live(now))).done;
}

export interface CodeExchange extends KeyBinding {
  readonly user: UserId;
  readonly session: SessionId;
  readonly clientId: string;
  /** As sent to the token endpoint, if it was. */
  readonly redirectUri: string | undefined;
  /** S256 of the verifier that was sent, if one was: its absence must match too (OP4). */
  readonly challenge: string | undefined;
  readonly idleUntil: number;
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Spends an authorization code: one conditional write holds it to client, redirect and PKCE, and opens the session
 * (OP5). The item that stood in the way tells why where it fails.
 * @throws Refusal `unavailable`
 */
export async function exchangeCode(tables: Tables, exchange: CodeExchange): Promise<Rotated> {
  const { user, session, clientId, redirectUri, challenge, idleUntil, proven, binds: jkt, now } = exchange;
  const bound: readonly Clause[] = [
    equals('clientId', clientId),
    challenge === undefined ? absent('codeChallenge') : equals('codeChallenge', challenge),
    ...(redirectUri === undefined ? [] : [equals('codeRedirectUri', redirectUri)]),
    keyHolds('codeJkt', proven),
  ];
  const outcome = await updateWhere(
    tables,
    tables.sessions,
    keyOf(user, session),
    { set: { codeUsedAt: now, idleUntil, lastSeenAt: seconds(now), jkt } },
    [...live(now), absent('codeUsedAt'), after('codeUntil', seconds(now)), ...bound],
  );
  if (outcome.done) return { done: true, session: toSession(outcome.item) };
  return { done: false, ...(outcome.item && { session: toSession(outcome.item) }) };
}
