import { createHash } from 'node:crypto';
import { seconds } from '../domain/time.ts';
import { absent, after, equals } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { putCounted } from './put-counted.ts';
import type { Counter } from './rate-store.ts';
import { only, type Tables } from './tables.ts';

/** A pushed authorization request as it waits for its browser (RFC 9126 section 2.2). */
export interface PushedRequest {
  /** 256 random bits; the table holds their hash alone. */
  readonly handle: string;
  readonly clientId: string;
  /** The checked request, sealed under `pushedRequestKey`. */
  readonly sealed: string;
  /** Epoch seconds. */
  readonly until: number;
}

/** The key of a pushed request's item, under which its contents are sealed too. */
export function pushedRequestKey(handle: string): string {
  return `PAR#${createHash('sha256').update(handle).digest('base64url')}`;
}

/**
 * Keeps a pushed request: one write, or one transaction where it is counted.
 * @returns `false` where the counter is at its limit
 * @throws Refusal `unavailable`
 */
export async function keepPushedRequest(
  tables: Tables,
  { handle, ...pushed }: PushedRequest,
  counter: Counter | undefined,
  now: number,
): Promise<boolean> {
  const item = { pk: pushedRequestKey(handle), sk: only, ...pushed, ttl: pushed.until + 3600 };
  return (await putCounted(tables, item, [], counter, now)) === 'done';
}

/**
 * Takes a pushed request for its one use: one conditional write holds it to its client and its time (PAR1).
 * @returns what was sealed; `undefined` where it is unknown, over, used, or another client's
 * @throws Refusal `unavailable`
 */
export async function takePushedRequest(
  tables: Tables,
  handle: string,
  clientId: string,
  now: number,
): Promise<string | undefined> {
  const key = { pk: pushedRequestKey(handle), sk: only };
  const conditions = [equals('clientId', clientId), absent('usedAt'), after('until', seconds(now))];
  const outcome = await updateWhere(tables, tables.sessions, key, { set: { usedAt: now } }, conditions);
  return outcome.done ? String(outcome.item.sealed) : undefined;
}
