import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import type { Entry } from '../domain/let-in.ts';
import type { SpentFactor } from '../domain/spent-factor.ts';
import { atMost } from './clauses.ts';
import { enterWith } from './enter.ts';
import { consumeStep } from './flow-store.ts';
import { spendSteps } from './spend-factor.ts';
import type { Tables } from './tables.ts';
import { changeUserStep, userActiveStep } from './user-store.ts';

/** A second factor that was right, and where it leads. */
export interface Passing {
  readonly flow: Flow;
  readonly user: UserId;
  readonly spent: SpentFactor;
  readonly entry: Entry;
  /** What the person is told of it. */
  readonly notice: ItemEvent | undefined;
}

/**
 * Ends a pending sign-in: it is consumed, the factor is used up, the session begins and what it takes the place of ends,
 * if the person is active and has not signed out everywhere since the first proof (LOG7, MFA2). One transaction.
 * @throws Refusal `conflict_retry`, `unavailable`
 */
export async function passSecondFactor(tables: Tables, passing: Passing, now: number): Promise<boolean> {
  const { flow, user, spent, entry, notice } = passing;
  const untouched = [atMost('sessionsValidFrom', flow.startedAt)];
  const consuming = [
    consumeStep(tables, flow, now),
    notice
      ? changeUserStep(tables, user, { set: { event: notice } }, 'proof', untouched)
      : userActiveStep(tables, user, untouched),
    ...spendSteps(tables, { flow, user }, spent),
  ];
  return (await enterWith(tables, consuming, entry, now)).done;
}
