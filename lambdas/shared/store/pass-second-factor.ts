import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import type { Entry } from '../domain/let-in.ts';
import type { SpentFactor } from '../domain/spent-factor.ts';
import { type ReplacedSession, replaceBrowserSessionStep } from './browser-session-store.ts';
import { atMost } from './clauses.ts';
import { enterStep } from './enter.ts';
import { consumeStep } from './flow-store.ts';
import { spendSteps } from './spend-factor.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, userActiveStep } from './user-store.ts';

/** A second factor that was right, and where it leads. */
export interface Passing {
  readonly flow: Flow;
  readonly user: UserId;
  readonly spent: SpentFactor;
  readonly entry: Entry;
  /** What the person is told of it. */
  readonly notice: ItemEvent | undefined;
  /** The browser session that the new one takes the place of (SES2). */
  readonly replaced: ReplacedSession | undefined;
}

/**
 * Ends a pending sign-in: it is consumed, the factor is used up, the session begins and the one that it replaces ends,
 * if the person is active and has not signed out everywhere since the first proof (LOG7, MFA2). One transaction.
 * @throws Refusal `unavailable`
 */
export async function passSecondFactor(tables: Tables, passing: Passing, now: number): Promise<boolean> {
  const { flow, user, spent, entry, notice, replaced } = passing;
  const untouched = [atMost('sessionsValidFrom', flow.startedAt)];
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    notice
      ? changeUserStep(tables, user, { set: { event: notice } }, 'proof', untouched)
      : userActiveStep(tables, user, untouched),
    ...spendSteps(tables, { flow, user }, spent),
    enterStep(tables, entry),
    ...(replaced ? [replaceBrowserSessionStep(tables, user, replaced, now)] : []),
  ]);
  return outcome.done;
}
