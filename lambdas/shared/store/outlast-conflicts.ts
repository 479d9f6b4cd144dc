import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../domain/refusal.ts';

const attempts = 5;

/** Full jitter, 25 ms doubling: rivals on one item part ways. */
function pause(attempt: number): Promise<void> {
  return sleep(Math.random() * 25 * 2 ** attempt);
}

/** Whether a single write met somebody else's transaction on its item. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && error.name === 'TransactionConflictException';
}

/**
 * Repeats a write while it meets a transaction of somebody else on the same item, which the SDK does not (F4). `send` has
 * to be harmless when it is repeated.
 * @throws Refusal `unavailable` when the rivals do not give way
 */
export async function outlastConflicts<T>(send: () => Promise<T | 'conflict'>): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const outcome = await send();
    if (outcome !== 'conflict') return outcome;
    await pause(attempt);
  }
  throw new Refusal('unavailable', { retryAfter: 1 });
}
