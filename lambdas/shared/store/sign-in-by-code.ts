import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import type { Entry } from '../domain/let-in.ts';
import { enterStep } from './enter.ts';
import { consumeStep } from './flow-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { userActiveStep } from './user-store.ts';

/**
 * Consumes the flow and goes where the proof leads, if the person is active at that very moment (LOG7).
 * @throws Refusal `unavailable`
 */
export async function signInByCode(
  tables: Tables,
  flow: Flow,
  userId: UserId,
  entry: Entry,
  now: number,
): Promise<boolean> {
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    userActiveStep(tables, userId),
    enterStep(tables, entry),
  ]);
  return outcome.done;
}
