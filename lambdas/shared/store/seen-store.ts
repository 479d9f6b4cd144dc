import { seenItemKey } from '../domain/seen.ts';
import { seconds } from '../domain/time.ts';
import { absent, equals } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { read, readLately } from './read.ts';
import { only, type Tables } from './tables.ts';
import { remove } from './transaction.ts';

const keyOf = (identHash: string) => ({ pk: seenItemKey(identHash), sk: only });

/** Seconds after its last change for which a use is remembered. */
const remembered = 180 * 86_400;

/**
 * What is remembered of an address’s use, sealed. Not strongly consistent, at half the price: a second that is missed
 * makes a sign-in look newer than it is, never older.
 * @throws Refusal `unavailable`
 */
export async function findSeen(tables: Tables, identHash: string): Promise<string | undefined> {
  const item = await readLately(tables, tables.sessions, keyOf(identHash));
  return item?.sealed;
}

/** The step that forgets it, inside the transaction that disowns a sign-in. */
export function forgetSeenStep(tables: Tables, identHash: string) {
  return remove(tables.sessions, keyOf(identHash));
}

/**
 * Changes what is remembered, from what it is: parallel changes are told apart by their version, and one begins anew.
 * @returns `false` where it changed meanwhile
 * @throws Refusal `unavailable`
 */
export async function changeSeen(
  tables: Tables,
  identHash: string,
  change: (sealed: string | undefined) => string,
  now: number,
): Promise<boolean> {
  const item = await read(tables, tables.sessions, keyOf(identHash));
  const version = Number(item?.version ?? 0);
  const set = { sealed: change(item?.sealed), version: version + 1, ttl: seconds(now) + remembered };
  const unchanged = item ? equals('version', version) : absent('pk');
  return (await updateWhere(tables, tables.sessions, keyOf(identHash), { set }, [unchanged])).done;
}
