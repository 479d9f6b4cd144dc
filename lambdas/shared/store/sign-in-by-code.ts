import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import type { Entry } from '../domain/let-in.ts';
import { enterWith } from './enter.ts';
import { consumeStep } from './flow-store.ts';
import type { Tables } from './tables.ts';
import { userActiveStep } from './user-store.ts';

/**
 * Consumes the flow and goes where the proof leads, if the person is active at that very moment (LOG7).
 * @throws Refusal `conflict_retry`, `unavailable`
 */
export async function signInByCode(
  tables: Tables,
  flow: Flow,
  userId: UserId,
  entry: Entry,
  now: number,
): Promise<boolean> {
  const consuming = [consumeStep(tables, flow, now), userActiveStep(tables, userId)];
  return (await enterWith(tables, consuming, entry, now)).done;
}
