import type { Beginning } from '../domain/beginning.ts';
import type { Flow } from '../domain/flow.ts';
import { beginStep } from './begin.ts';
import { consumeStep } from './flow-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { userActiveStep } from './user-store.ts';

/**
 * Consumes the flow and begins the session, if the person is active at that very moment (LOG7).
 * @throws Refusal `unavailable`
 */
export async function signInByCode(tables: Tables, flow: Flow, beginning: Beginning, now: number): Promise<boolean> {
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    userActiveStep(tables, beginning.session.userId),
    beginStep(tables, beginning),
  ]);
  return outcome.done;
}
