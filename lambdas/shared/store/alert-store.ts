import { type Alert, levelReached, type Neighbourhood, shardOf, stepReached, windowsInForce } from '../domain/alert.ts';
import { type ItemEvent, newEvent } from '../domain/event.ts';
import type { Random } from '../domain/id.ts';
import { hardest } from '../domain/proof.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, any, atMost, below, type Change, type Clause } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { countUp } from './rate-store.ts';
import { readAll } from './read.ts';
import type { Tables } from './tables.ts';

const partition = 'ALERT#now';
/** Seconds after its end in which a new alert is one strike more. */
const remembered = 3600;
const keyOf = ({ scope, hash }: Neighbourhood) => ({ pk: partition, sk: `${scope}#${hash}` });

/** Writes a neighbourhood's alert under a condition: one more strike. The more of them there were, the longer it stands. */
async function strike(
  tables: Tables,
  at: Neighbourhood,
  { set, add }: Pick<Change, 'set' | 'add'>,
  conditions: readonly Clause[],
  now: number,
): Promise<void> {
  const { sessions } = tables;
  const until = (windows: number) => seconds(now) + at.limit.window * windows;
  const lasting = (windows: number) => ({ until: until(windows), ttl: until(windows) + remembered });
  const struck = { set: { ...set, ...lasting(1) }, add: { ...add, strikes: 1 } };
  const outcome = await updateWhere(tables, sessions, keyOf(at), struck, conditions);
  const windows = outcome.done ? windowsInForce(Number(outcome.item.strikes)) : 1;
  if (windows === 1) return;
  await updateWhere(tables, sessions, keyOf(at), { set: lasting(windows) }, [below('until', until(windows))]);
}

async function raise(tables: Tables, at: Neighbourhood, level: number, now: number, random: Random): Promise<void> {
  const { scope, hash } = at;
  const event = newEvent('attack.noticed', { scope, level }, now, random);
  // Parts of a counter reach a level one after the other: the first one says so.
  const news = any(absent('pk'), below('level', level), atMost('until', seconds(now)));
  await strike(tables, at, { set: { scope, hash, level, steps: 0, event } }, [news], now);
}

/** One level harder, where an alert is in force: whoever goes on by work can pay what is asked. */
async function harden(tables: Tables, at: Neighbourhood, steps: number, now: number): Promise<void> {
  const inForce = [after('until', seconds(now)), below('steps', steps), below('level', hardest)];
  await strike(tables, at, { set: { steps }, add: { level: 1 } }, inForce, now);
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
