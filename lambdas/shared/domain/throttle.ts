import type { Limit } from './brand.ts';
import { Refusal } from './refusal.ts';

/** Counted tries of one party against what it may. */
export interface Counted {
  readonly count: number;
  readonly max: number;
  /** So many without a proof of work; all where it is left out. */
  readonly free?: number;
  /** Those with one, which `count` is without. */
  readonly proven?: number;
  /** Seconds until the window ends. */
  readonly retryAfter: number;
}

/** The limit of a way on which nobody is asked for work: the free tries alone. */
export function freeOf({ max, free = max, window }: Limit): Limit {
  return { max: free, window };
}

/** The limit of somebody who is known and is asked for no work: all tries. */
export function wholeOf({ max, window }: Limit): Limit {
  return { max, window };
}

/**
 * Refuses when any counter is past its limit, in words that say nothing about the account (RL6).
 * @throws Refusal `too_many_requests` with Retry-After
 */
export function checkLimits(counted: readonly Counted[]): void {
  const exceeded = counted.filter(({ count, max }) => count > max);
  if (exceeded.length === 0) return;
  throw new Refusal('too_many_requests', { retryAfter: Math.max(...exceeded.map(({ retryAfter }) => retryAfter)) });
}
