import type { EventId, SessionId, UserId } from '../domain/id.ts';
import { seconds } from '../domain/time.ts';
import { absent, any, below, equals, present } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import type { Tables } from './tables.ts';

const keyOf = (user: UserId, session: SessionId) => ({ pk: `GRANT#${user}`, sk: session });

/** Seconds after which whoever meant to tell a client is taken for dead; longer than the function may run. */
const patience = 60;

/**
 * Claims the telling of a session's end for one event, so that the client hears of it once: several events can be about
 * one session, and each can come twice. An event that comes again has its claim still.
 * @returns `false` where the client was told, or another event is about to
 * @throws Refusal `unavailable`
 */
export async function claimTelling(
  tables: Tables,
  user: UserId,
  session: SessionId,
  by: EventId,
  now: number,
): Promise<boolean> {
  const change = { set: { tellingBy: by, tellingUntil: seconds(now) + patience } };
  const free = any(absent('tellingBy'), equals('tellingBy', by), below('tellingUntil', seconds(now)));
  const conditions = [present('pk'), absent('toldAt'), free];
  return (await updateWhere(tables, tables.sessions, keyOf(user, session), change, conditions)).done;
}

/** Notes that the client of a session knows of its end. @throws Refusal `unavailable` */
export async function markTold(tables: Tables, user: UserId, session: SessionId, now: number): Promise<void> {
  const change = { set: { toldAt: now } };
  await updateWhere(tables, tables.sessions, keyOf(user, session), change, [present('pk')]);
}
