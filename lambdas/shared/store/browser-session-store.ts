import type { LeftSession } from '../domain/beginning.ts';
import type { BrowserSession } from '../domain/browser-session.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, present } from './clauses.ts';
import { type Item, putWhere, updateWhere } from './conditional-write.ts';
import { read, readAll } from './read.ts';
import type { Tables } from './tables.ts';
import { ensure, put, update } from './transaction.ts';

const keyOf = (user: UserId, session: SessionId) => ({ pk: `SESSION#${user}`, sk: session });

function toItem(session: BrowserSession, event: ItemEvent): Item {
  const { id, userId, ...attributes } = session;
  return { ...keyOf(userId, id), ...attributes, event, ttl: session.endsAt + 86_400 };
}

const live = (now: number) => [
  present('pk'),
  absent('revokedAt'),
  after('endsAt', seconds(now)),
  after('idleUntil', seconds(now)),
];

/** The step that begins a browser session inside a transaction. */
export function beginBrowserSessionStep(tables: Tables, session: BrowserSession, event: ItemEvent) {
  return put(tables.sessions, toItem(session, event));
}

/** The check that a change of this browser session's owner carries: the session is alive. */
export function browserSessionLivesStep(tables: Tables, user: UserId, session: SessionId, now: number) {
  return ensure(tables.sessions, keyOf(user, session), live(now));
}

/** The step that ends a browser session as another one begins in its browser: it is alive, or nothing happens. */
export function leaveBrowserSessionStep(tables: Tables, { user, session, by, event }: LeftSession, now: number) {
  const set = { revokedAt: now, replacedBy: by, event };
  return update(tables.sessions, keyOf(user, session), { set }, live(now));
}

/** Begins a browser session: one write. @throws Refusal `unavailable` */
export async function beginBrowserSession(tables: Tables, session: BrowserSession, event: ItemEvent): Promise<void> {
  await putWhere(tables, tables.sessions, toItem(session, event));
}

/** @throws Refusal `unavailable` */
export async function findBrowserSession(
  tables: Tables,
  user: UserId,
  session: SessionId,
): Promise<BrowserSession | undefined> {
  const item = await read(tables, tables.sessions, keyOf(user, session));
  return item && { ...(item as unknown as BrowserSession), id: session, userId: user };
}

/** More often than a person proves more, or signs in again, in one session. */
const maxReplaced = 50;

/**
 * The session named, or the one that has taken its place since: one read, and one more for each that did.
 * @throws Refusal `unavailable`
 */
export async function followBrowserSession(
  tables: Tables,
  user: UserId,
  session: SessionId,
): Promise<BrowserSession | undefined> {
  let found = await findBrowserSession(tables, user, session);
  for (let hop = 0; found?.replacedBy !== undefined && hop < maxReplaced; hop++) {
    found = await findBrowserSession(tables, user, found.replacedBy);
  }
  return found;
}

/** Every browser session of the person, dead ones included. @throws Refusal `unavailable` */
export async function listBrowserSessions(tables: Tables, user: UserId): Promise<readonly BrowserSession[]> {
  const items = await readAll(tables, tables.sessions, `SESSION#${user}`);
  return items.map((item) => ({ ...(item as unknown as BrowserSession), id: item.sk, userId: user }));
}

/**
 * Keeps a browser session that is in use from idling out. `lapsed`: it had rested for too long to count for its level,
 * and does not from now on, however often it is used (SES5).
 * @throws Refusal `unavailable`
 */
export async function touchBrowserSession(
  tables: Tables,
  user: UserId,
  session: SessionId,
  { idleUntil, lapsed }: { readonly idleUntil: number; readonly lapsed: boolean },
  now: number,
): Promise<void> {
  const change = { set: { idleUntil, lastSeenAt: seconds(now), ...(lapsed && { lapsed }) } };
  await updateWhere(tables, tables.sessions, keyOf(user, session), change, live(now));
}

/**
 * Signs a browser out: the session named, or the one that took its place. `false` where it was signed out already.
 * @throws Refusal `unavailable`
 */
export async function endBrowserSession(
  tables: Tables,
  user: UserId,
  session: SessionId,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const change = { set: { revokedAt: now, event } };
  const conditions = [present('pk'), absent('revokedAt')];
  let named: SessionId | undefined = session;
  for (let hop = 0; named !== undefined && hop < maxReplaced; hop++) {
    const outcome = await updateWhere(tables, tables.sessions, keyOf(user, named), change, conditions);
    if (outcome.done) return true;
    named = outcome.item?.replacedBy;
  }
  return false;
}
