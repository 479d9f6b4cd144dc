import type { Method } from '../domain/assurance.ts';
import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import type { Entry } from '../domain/let-in.ts';
import { atMost } from './clauses.ts';
import { enterWith } from './enter.ts';
import { consumeStep } from './flow-store.ts';
import { useNumberStep } from './phone-store.ts';
import type { Tables } from './tables.ts';
import { userActiveStep } from './user-store.ts';

/** Whose code was right, by what it travelled, and where that leads. */
export interface ProvenCode {
  readonly userId: UserId;
  readonly method: Method;
  readonly entry: Entry;
}

/**
 * Consumes the flow and goes where the proof leads, if the person is active at that very moment and has not signed out
 * everywhere since the code was asked for (LOG7, MFA2), and by a text if the number is theirs still (EM4).
 * @throws Refusal `conflict_retry`, `unavailable`
 */
export async function signInByCode(
  tables: Tables,
  flow: Flow,
  { userId, method, entry }: ProvenCode,
  now: number,
): Promise<boolean> {
  const consuming = [
    consumeStep(tables, flow, now),
    userActiveStep(tables, userId, [atMost('sessionsValidFrom', flow.startedAt)]),
    ...(method === 'sms' ? [useNumberStep(tables, flow, userId, now)] : []),
  ];
  return (await enterWith(tables, consuming, entry, now)).done;
}
