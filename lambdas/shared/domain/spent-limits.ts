import type { Counter, Limited } from '../store/rate-store.ts';

/**
 * Counters that were found at their end. They stay there until their window ends: whoever comes next is looked up before
 * anything is hashed, asked for or written (RL3). What is kept is where to look, never an answer: how much work is asked
 * for grows meanwhile.
 */
export interface SpentLimits {
  /** Of these counters, those that have no room, or no room without work. */
  readonly among: (counters: readonly Counter[], now: number) => readonly Counter[];
  readonly note: (limited: Limited, now: number) => void;
}

/** Counters that one function keeps in mind. */
const most = 1000;

const keyOf = ({ scope, hash, limit }: Counter) => `${scope}#${hash}#${limit.window}`;

/** The memory of one function. */
export function spentLimits(): SpentLimits {
  const ends = new Map<string, number>();
  return {
    note: (limited, now) => {
      const [oldest] = ends.size < most ? [] : ends.keys();
      if (oldest !== undefined) ends.delete(oldest);
      ends.set(keyOf(limited), now + limited.counted.retryAfter * 1000);
    },
    among: (counters, now) => counters.filter((counter) => (ends.get(keyOf(counter)) ?? 0) > now),
  };
}
