import type { AlertScope } from '../domain/alert.ts';
import type { Limit } from '../domain/brand.ts';
import type { MessagesOfWindow, Party } from '../domain/message-budget.ts';
import type { WorkProof } from '../domain/proof.ts';
import type { Counted } from '../domain/throttle.ts';
import { seconds } from '../domain/time.ts';
import { oneMore, startPart } from '../domain/work-demand.ts';
import { absent, any, below } from './clauses.ts';
import { type Item, updateWhere } from './conditional-write.ts';
import { isConflict, outlastConflicts } from './outlast-conflicts.ts';
import { read } from './read.ts';
import { storeFailure } from './store-failure.ts';
import { only, type Tables } from './tables.ts';
import { update } from './transaction.ts';

/** Counts one thing (`scope`) of one party (`hash`, keyed) against a limit, in fixed windows. */
export interface Counter {
  readonly scope:
    | 'password'
    | 'own-password'
    | 'device'
    | 'second-factor'
    | 'enrolment'
    | 'ip-tries'
    | 'ip-starts'
    | 'own-starts'
    | 'ip-requests'
    | 'codes'
    | 'codes-device'
    | 'codes-second-factor'
    | 'client-secret'
    | 'mail'
    | 'notices'
    | 'texts'
    | 'texts-range'
    | 'texts-ip'
    | 'texts-brand'
    | 'budget'
    | AlertScope;
  readonly hash: string;
  readonly limit: Limit;
}

function windowOf(limit: Limit, now: number): number {
  return Math.floor(seconds(now) / limit.window);
}

/** Seconds until the window of the counter ends. */
export function untilWindowEnds(counter: Counter, now: number): number {
  return (windowOf(counter.limit, now) + 1) * counter.limit.window - seconds(now);
}

function keyOf({ scope, hash, limit }: Counter, now: number) {
  return { pk: `RATE#${scope}#${hash}#${windowOf(limit, now)}`, sk: only };
}

/** TTL only cleans up: the window is part of the key. */
const ttlOf = (counter: Counter, now: number) => seconds(now) + untilWindowEnds(counter, now) + 3600;

async function addTo(tables: Tables, counter: Counter, attribute: string, now: number): Promise<Item> {
  const change = { add: { [attribute]: 1 }, set: { ttl: ttlOf(counter, now) } };
  return (await updateWhere(tables, tables.sessions, keyOf(counter, now), change, [])).item ?? {};
}

function countedOf({ n, proven }: Item, counter: Counter, now: number): Counted {
  const { max, free } = counter.limit;
  const retryAfter = untilWindowEnds(counter, now);
  return { count: Number(n ?? 0), proven: Number(proven ?? 0), max, ...(free !== undefined && { free }), retryAfter };
}

/**
 * Adds one and tells the new count. Counted before anything is judged, so parallel guesses cannot outrun it (RL2).
 * @param proven the try came with a proof of work, and is counted apart from those without
 * @throws Refusal `unavailable`: without the counter nothing is judged (RL9)
 */
export async function countUp(tables: Tables, counter: Counter, now: number, proven = false): Promise<Counted> {
  return countedOf(await addTo(tables, counter, proven ? 'proven' : 'n', now), counter, now);
}

/** Attributes that messages of each party are counted in, and those of which the code was used. */
const partOf: { readonly [P in Party]: string } = { strangers: 'n', customers: 'proven', notices: 'notices' };
const usedPartOf: { readonly [P in Party]: string } = { strangers: 'nUsed', customers: 'provenUsed', notices: 'none' };

function messagesOf(item: Item, parts: { readonly [P in Party]: string }): MessagesOfWindow {
  const so = (party: Party) => Number(item[parts[party]] ?? 0);
  return { strangers: so('strangers'), customers: so('customers'), notices: so('notices') };
}

/**
 * Counts a message of a party, and tells all that its window has had: how many were sent, and of texts of how many the code
 * was used. @throws Refusal `unavailable`: without the counter nothing is sent (RL9)
 */
export async function countMessage(
  tables: Tables,
  counter: Counter,
  party: Party,
  now: number,
): Promise<{ readonly sent: MessagesOfWindow; readonly used: MessagesOfWindow }> {
  const item = await addTo(tables, counter, partOf[party], now);
  return { sent: messagesOf(item, partOf), used: messagesOf(item, usedPartOf) };
}

/** Counts that the code of a text was used, in the window of now. @throws Refusal `unavailable` */
export async function countUsed(tables: Tables, counter: Counter, party: Party, now: number): Promise<void> {
  await addTo(tables, counter, usedPartOf[party], now);
}

/** A counter that a start moves, by the work that it shows. */
export interface StartCounter extends Counter {
  readonly proof?: WorkProof | undefined;
}

/** A counter that stopped a start, as one too many was counted. */
export interface Limited extends StartCounter {
  readonly counted: Counted;
}

/** The step of a transaction that adds one while some are left; the transaction fails at the limit. */
export function countStep(tables: Tables, counter: StartCounter, now: number) {
  const { part, most } = startPart(counter.limit, counter.proof);
  const conditions = [most > 0 ? any(absent(part), below(part, most)) : below(part, most)];
  const change = { add: { [part]: 1 }, set: { ttl: ttlOf(counter, now) } };
  return update(tables.sessions, keyOf(counter, now), change, conditions);
}

/** What a counter has; nothing is counted. @throws Refusal `unavailable` */
export async function findCounted(tables: Tables, counter: Counter, now: number): Promise<Counted> {
  return countedOf((await read(tables, tables.sessions, keyOf(counter, now))) ?? {}, counter, now);
}

/** Of the counters of a transaction the one that failed it, if it was one; `item` is what it had. */
export function limitedBy(
  counters: readonly StartCounter[],
  { failed, item = {} }: { readonly failed: number; readonly item: Item | undefined },
  now: number,
): Limited | undefined {
  const counter = counters[failed];
  if (!counter) return undefined;
  return { ...counter, counted: oneMore(countedOf(item, counter, now), counter.proof) };
}

/** Forgets the count of this window: the owner has shown the right password (RL1). */
export async function forgetCount(tables: Tables, counter: Counter, now: number): Promise<void> {
  const command = { TableName: tables.sessions, Key: keyOf(counter, now) };
  await outlastConflicts(async () => {
    try {
      await tables.client.call('DeleteItem', command);
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      throw storeFailure(error);
    }
  });
}
