import type { ItemEvent } from '../domain/event.ts';
import type { NotMe } from '../domain/not-me.ts';
import type { User } from '../domain/user.ts';
import { atMost, equals } from './clauses.ts';
import { dropPasswordStep } from './credential-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, signOutChange } from './user-store.ts';

/**
 * Signs a person out everywhere and makes their password useless, if the sign-in that they disown is still let live.
 * @returns `false` where all of that has happened since
 * @throws Refusal `unavailable`
 */
export async function lockOut(
  tables: Tables,
  user: User,
  { session, at }: NotMe,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const signOut = signOutChange({ validFrom: now });
  const change = { ...signOut, set: { ...signOut.set, event } };
  // The password dropped is that of the address that the account has at this very moment.
  const conditions = [equals('identHash', user.identHash), ...(session ? [] : [atMost('sessionsValidFrom', at)])];
  const outcome = await transact(tables, [
    changeUserStep(tables, user.id, change, session ?? 'proof', conditions),
    dropPasswordStep(tables, user.identHash),
  ]);
  return outcome.done;
}
