import type { UserId } from '../domain/id.ts';
import type { Passkey } from '../domain/passkey.ts';
import { type FactorChange, factorChangeSteps } from './change-factors.ts';
import { absent, equals, present } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { factorKeyOf, putFactorStep, removeFactorStep, type SummaryChange } from './factor-store.ts';
import { passkeyOwnerKey } from './passkey-store.ts';
import type { Tables } from './tables.ts';
import { put, remove, transact } from './transaction.ts';

const factorOf = (hash: string) => `passkey#${hash}` as const;

/** `taken`: the credential is somebody's already. `changed`: the session is over, or something else changed meanwhile. */
export type Added = 'added' | 'taken' | 'changed';

/**
 * Enrols a passkey: one credential has one owner among all people, whoever is first (PK4), and the summary that a sign-in
 * reads counts it in the same transaction.
 * @throws Refusal `unavailable`
 */
export async function addPasskey(
  tables: Tables,
  passkey: Passkey,
  change: FactorChange,
  summary: SummaryChange,
  now: number,
): Promise<Added> {
  const { id: userId } = change.user;
  const { hash, ...item } = passkey;
  const outcome = await transact(tables, [
    put(tables.directory, { ...passkeyOwnerKey(hash), userId }, [absent('pk')]),
    putFactorStep(tables, userId, factorOf(hash), item, [absent('pk')]),
    ...factorChangeSteps(tables, change, summary, now),
  ]);
  if (outcome.done) return 'added';
  return outcome.failed <= 1 ? 'taken' : 'changed';
}

/** What goes with a passkey that is removed. */
export interface PasskeyRemoval {
  readonly hash: string;
  readonly summary: SummaryChange;
  /** It was the last factor: recovery codes stand in for none. */
  readonly withRecoveryCodes: boolean;
}

/**
 * Removes a passkey, under the condition that what was read of the other factors still holds (PK10).
 * @throws Refusal `unavailable`
 */
export async function removePasskey(
  tables: Tables,
  { hash, summary, withRecoveryCodes }: PasskeyRemoval,
  change: FactorChange,
  now: number,
): Promise<boolean> {
  const { id } = change.user;
  const outcome = await transact(tables, [
    removeFactorStep(tables, id, factorOf(hash), [present('pk')]),
    remove(tables.directory, passkeyOwnerKey(hash), [equals('userId', id)]),
    ...(withRecoveryCodes ? [removeFactorStep(tables, id, 'recovery', [])] : []),
    ...factorChangeSteps(tables, change, summary, now),
  ]);
  return outcome.done;
}

/** Gives a passkey a name. `false` where it is gone. @throws Refusal `unavailable` */
export async function namePasskey(
  tables: Tables,
  user: UserId,
  hash: string,
  sealedName: string | undefined,
): Promise<boolean> {
  const change = sealedName === undefined ? { remove: ['sealedName'] } : { set: { sealedName } };
  const key = factorKeyOf(user, factorOf(hash));
  return (await updateWhere(tables, tables.directory, key, change, [present('pk')])).done;
}
