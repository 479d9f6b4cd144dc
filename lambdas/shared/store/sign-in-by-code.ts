import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { Session } from '../domain/session.ts';
import { consumeStep } from './flow-store.ts';
import { beginSessionStep } from './session-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { userActiveStep } from './user-store.ts';

/**
 * Consumes the flow and begins the session, if the person is active at that very moment (LOG7).
 * @throws Refusal `unavailable`
 */
export async function signInByCode(
  tables: Tables,
  flow: Flow,
  session: Session,
  signedIn: ItemEvent,
  now: number,
): Promise<boolean> {
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    userActiveStep(tables, session.userId),
    beginSessionStep(tables, session, signedIn),
  ]);
  return outcome.done;
}
