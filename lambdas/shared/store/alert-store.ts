import { type Alert, levelReached, type Neighbourhood, shardOf, stepReached, windowsInForce } from '../domain/alert.ts';
import { type ItemEvent, newEvent } from '../domain/event.ts';
import type { Random } from '../domain/id.ts';
import { hardest } from '../domain/proof.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, any, atMost, below } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { countUp } from './rate-store.ts';
import { readAll } from './read.ts';
import type { Tables } from './tables.ts';

const partition = 'ALERT#now';
/** Seconds after its end in which a new alert is one strike more. */
const remembered = 3600;
const keyOf = ({ scope, hash }: Neighbourhood) => ({ pk: partition, sk: `${scope}#${hash}` });

const lasting = ({ limit }: Neighbourhood, windows: number, now: number) => {
  const until = seconds(now) + limit.window * windows;
  return { until, ttl: until + remembered };
};

/** The more strikes there were, the longer an alert stands; one that stands longer already is left as it is. */
async function prolong(tables: Tables, at: Neighbourhood, strikes: unknown, now: number): Promise<void> {
  const longer = lasting(at, windowsInForce(Number(strikes)), now);
  await updateWhere(tables, tables.sessions, keyOf(at), { set: longer }, [below('until', longer.until)]);
}

/**
 * Raises an alert: one more strike, or the first where all before are forgotten. That is judged here, never by TTL. Each
 * form holds for an item in one state alone: a rival's write makes it one that stands, which is tried last.
 */
async function raise(tables: Tables, at: Neighbourhood, level: number, now: number, random: Random): Promise<void> {
  const { scope, hash } = at;
  const { sessions } = tables;
  const event = newEvent('attack.noticed', { scope, level }, now, random);
  const news = { scope, hash, level, steps: 0, event };
  const begun = { ...news, ...lasting(at, 1, now) };
  const forgotten = seconds(now) - remembered;
  const struck = { strikes: 1 };

  const first = { set: { ...begun, ...struck } };
  const fresh = await updateWhere(tables, sessions, keyOf(at), first, [any(absent('pk'), atMost('until', forgotten))]);
  if (fresh.done) return;
  const over = [after('until', forgotten), atMost('until', seconds(now))];
  const again = await updateWhere(tables, sessions, keyOf(at), { set: begun, add: struck }, over);
  if (again.done) return prolong(tables, at, again.item.strikes, now);
  // Parts of a counter reach a level one after the other: the first one says so.
  const standing = [after('until', seconds(now)), below('level', level)];
  const harder = await updateWhere(tables, sessions, keyOf(at), { set: news, add: struck }, standing);
  if (harder.done) await prolong(tables, at, harder.item.strikes, now);
}

/** One level harder, where an alert is in force: whoever goes on by work can pay what is asked. */
async function harden(tables: Tables, at: Neighbourhood, steps: number, now: number): Promise<void> {
  const inForce = [after('until', seconds(now)), below('steps', steps), below('level', hardest)];
  const change = { set: { steps }, add: { level: 1, strikes: 1 } };
  const harder = await updateWhere(tables, tables.sessions, keyOf(at), change, inForce);
  if (harder.done) await prolong(tables, at, harder.item.strikes, now);
}

/**
 * Counts in each neighbourhood, and raises an alert where it is one too many. One write each, none of which is read on a
 * later request: what has been noticed is announced once, and known everywhere within seconds (ADR 0021).
 * @param proven it came with work, and is counted apart: an alert that stands becomes harder by it
 * @throws Refusal `unavailable`
 */
export async function countNearby(
  tables: Tables,
  neighbourhoods: readonly Neighbourhood[],
  now: number,
  random: Random,
  proven = false,
): Promise<void> {
  await Promise.all(
    neighbourhoods.map(async (at) => {
      const { scope, hash, limit } = at;
      const shard = shardOf(at, random(2).readUInt16BE());
      const part = { scope, hash: `${hash}.${shard}`, limit };
      const counted = await countUp(tables, part, now, proven);
      const steps = proven ? stepReached(at, counted.proven ?? 0) : undefined;
      if (steps !== undefined) return harden(tables, at, steps, now);
      const level = proven ? undefined : levelReached(at, counted.count);
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
