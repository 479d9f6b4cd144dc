import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import { browserSessionLivesStep } from './browser-session-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, signOutChange } from './user-store.ts';

/**
 * Signs the person out everywhere on behalf of a live browser session.
 * @returns `false` where that session is dead
 * @throws Refusal `unavailable`
 */
export async function signOutFromBrowser(
  tables: Tables,
  user: UserId,
  by: SessionId,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const signOut = signOutChange({ validFrom: now });
  const outcome = await transact(tables, [
    browserSessionLivesStep(tables, user, by, now),
    changeUserStep(tables, user, { ...signOut, set: { ...signOut.set, event } }, by),
  ]);
  return outcome.done;
}
