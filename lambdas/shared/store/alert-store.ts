import { type Alert, levelReached, type Neighbourhood, shardOf } from '../domain/alert.ts';
import { type ItemEvent, newEvent } from '../domain/event.ts';
import type { Random } from '../domain/id.ts';
import { seconds } from '../domain/time.ts';
import { absent, any, atMost, below } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { countUp } from './rate-store.ts';
import { readAll } from './read.ts';
import type { Tables } from './tables.ts';

const partition = 'ALERT#now';
const keyOf = ({ scope, hash }: Neighbourhood) => ({ pk: partition, sk: `${scope}#${hash}` });

async function raise(tables: Tables, at: Neighbourhood, level: number, now: number, random: Random): Promise<void> {
  const { scope, hash, limit } = at;
  const until = seconds(now) + limit.window;
  const event = newEvent('attack.noticed', { scope, level }, now, random);
  const change = { set: { scope, hash, level, until, event, ttl: until + 3600 } };
  // Parts of a counter reach a level one after the other: the first one says so.
  const news = any(absent('pk'), below('level', level), atMost('until', seconds(now)));
  await updateWhere(tables, tables.sessions, keyOf(at), change, [news]);
}

/**
 * Counts in each neighbourhood, and raises an alert where it is one too many. One write each, none of which is read on a
 * later request: what has been noticed is announced once, and known everywhere within seconds (ADR 0021).
 * @throws Refusal `unavailable`
 */
export async function countNearby(
  tables: Tables,
  neighbourhoods: readonly Neighbourhood[],
  now: number,
  random: Random,
): Promise<void> {
  await Promise.all(
    neighbourhoods.map(async (at) => {
      const { scope, hash, limit } = at;
      const shard = shardOf(at, random(2).readUInt16BE());
      const { count } = await countUp(tables, { scope, hash: `${hash}.${shard}`, limit }, now);
      const level = levelReached(at, count);
      if (level !== undefined) await raise(tables, at, level, now, random);
    }),
  );
}

/** The alerts of now: an empty partition nearly always. @throws Refusal `unavailable` */
export async function findAlerts(tables: Tables): Promise<readonly Alert[]> {
  return (await readAll(tables, tables.sessions, partition)) as unknown as readonly Alert[];
}

/**
 * Keeps, once in an hour, that messages of a channel are held, with the event that says so.
 * @throws Refusal `unavailable`
 */
export async function announceSpent(
  tables: Tables,
  { channel, held }: { readonly channel: 'mail' | 'text'; readonly held: 'strangers' | 'all' },
  event: ItemEvent,
  now: number,
): Promise<void> {
  const hour = Math.floor(seconds(now) / 3600);
  const key = { pk: 'ALERT#budget', sk: `${channel}#${held}#${hour}` };
  await updateWhere(tables, tables.sessions, key, { set: { event, ttl: seconds(now) + 86_400 } }, [absent('pk')]);
}
