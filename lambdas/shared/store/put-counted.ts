import type { Clause } from './clauses.ts';
import { type Item, putWhere } from './conditional-write.ts';
import { type Counter, countStep } from './rate-store.ts';
import type { Tables } from './tables.ts';
import { put, transact } from './transaction.ts';

/**
 * Puts an item of Sessions where the conditions hold. With a counter it is counted in the same transaction, or not written:
 * what nobody may do more often leaves nothing behind. One wave.
 * @returns `limited` where the counter is at its limit, `taken` where a condition does not hold
 * @throws Refusal `unavailable`
 */
export async function putCounted(
  tables: Tables,
  item: Item,
  conditions: readonly Clause[],
  counter: Counter | undefined,
  now: number,
): Promise<'done' | 'limited' | 'taken'> {
  if (!counter) return (await putWhere(tables, tables.sessions, item, conditions)) ? 'done' : 'taken';
  const steps = [countStep(tables, counter, now), put(tables.sessions, item, conditions)];
  const outcome = await transact(tables, steps);
  if (outcome.done) return 'done';
  return outcome.failed === 0 ? 'limited' : 'taken';
}
