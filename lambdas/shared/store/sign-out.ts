import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import type { Asker } from '../domain/session.ts';
import { askerLivesStep } from './asker-lives.ts';
import { endSessionStep, sessionLivesStep } from './session-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, ownerAllowsStep, signOutChange } from './user-store.ts';

/**
 * Ends a session on behalf of a live one of the same person, itself or another.
 * @throws Refusal `unavailable`
 */
export async function endOwnSession(
  tables: Tables,
  user: UserId,
  by: SessionId,
  target: SessionId,
  event: ItemEvent,
  now: number,
): Promise<'ended' | 'unknown' | 'asker_dead'> {
  // The asker is judged first: who may not ask learns nothing about the target.
  const outcome = await transact(tables, [
    ownerAllowsStep(tables, user, by),
    ...(by === target ? [] : [sessionLivesStep(tables, user, by, now)]),
    endSessionStep(tables, user, target, event, now),
  ]);
  if (outcome.done) return 'ended';
  return outcome.failed === 2 ? 'unknown' : 'asker_dead';
}

/**
 * Signs the person out everywhere on the word of a live session: one change of the user (DESIGN section 3).
 * @returns `false` where the asking session is dead
 * @throws Refusal `unavailable`
 */
export async function endAllSessions(
  tables: Tables,
  user: UserId,
  by: Asker,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const signOut = signOutChange({ validFrom: now });
  const outcome = await transact(tables, [
    askerLivesStep(tables, user, by, now),
    changeUserStep(tables, user, { ...signOut, set: { ...signOut.set, event } }, by.session),
  ]);
  return outcome.done;
}
