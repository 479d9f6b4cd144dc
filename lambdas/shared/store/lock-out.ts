import type { DisownedFactors } from '../domain/disowned-factors.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { FactorSummary } from '../domain/factors.ts';
import type { User } from '../domain/user.ts';
import { absent, any, equals } from './clauses.ts';
import type { Item } from './conditional-write.ts';
import { dropPasswordStep } from './credential-store.ts';
import { type FactorKey, removeFactorStep, replaceSummarySteps } from './factor-store.ts';
import { type SingleUse, spendOnceStep, unspentStep } from './jti-store.ts';
import { passkeyOwnerKey } from './passkey-store.ts';
import { forgetSeenStep } from './seen-store.ts';
import type { Tables } from './tables.ts';
import { remove, transact } from './transaction.ts';
import { changeUserStep, releaseAddressStep, signOutChange } from './user-store.ts';

/** What a disowned sign-in takes along, as it was read. */
export interface LockOut {
  /** The link: it works once, whatever became of the sign-in since. */
  readonly use: SingleUse;
  readonly user: User;
  readonly enrolled: FactorSummary | undefined;
  readonly disowned: DisownedFactors<Item>;
  /** The person’s data, sealed, without a number that goes. */
  readonly sealed: string;
  readonly event: ItemEvent;
}

/** `spent`: the link was used before. `changed`: something that was read changed meanwhile. */
export type LockedOut = 'done' | 'spent' | 'changed';

/**
 * Ends every session and the password for a link that is not spent, which it stays. It rests on nothing that a session can
 * change, whatever version the person is at: an intruder who keeps changing the account does not outrun it, and no change of
 * a session that it ends is written after it.
 * @throws Refusal `unavailable`
 */
export async function endSessions(
  tables: Tables,
  { use, user: { id, identHash } }: Pick<LockOut, 'use' | 'user'>,
  now: number,
): Promise<LockedOut> {
  const outcome = await transact(tables, [
    unspentStep(tables, use),
    // The password dropped is that of the address that the account has at this very moment.
    changeUserStep(tables, id, signOutChange({ validFrom: now }), 'proof', [equals('identHash', identHash)]),
    dropPasswordStep(tables, identHash),
  ]);
  if (outcome.done) return 'done';
  return outcome.failed === 0 ? 'spent' : 'changed';
}

/**
 * Signs a person out everywhere once more, as of the moment of this write, makes their password useless and removes the factors that were added since and what was
 * remembered of browsers, in one transaction: 10 items, and two for each passkey, of which a brand allows 20 at most.
 * @throws Refusal `unavailable`
 */
export async function lockOut(tables: Tables, lock: LockOut, now: number): Promise<LockedOut> {
  const { use, user, enrolled, disowned, sealed, event } = lock;
  const { id, identHash, version } = user;
  const { gone, number, codesByMail, left } = disowned;
  const signOut = signOutChange({ validFrom: now });
  const change = {
    set: { ...signOut.set, sealed, devicesValidFrom: now, version: version + 1, updatedAt: now, event },
    remove: [...(signOut.remove ?? []), ...(codesByMail ? ['codeChannel'] : [])],
  };
  const hashes = gone.flatMap(({ sk }) => (String(sk).startsWith('passkey#') ? [String(sk).slice(8)] : []));
  const outcome = await transact(tables, [
    spendOnceStep(tables, use, now),
    changeUserStep(tables, id, change, 'proof', [equals('identHash', identHash), equals('version', version)]),
    dropPasswordStep(tables, identHash),
    forgetSeenStep(tables, identHash),
    ...replaceSummarySteps(tables, identHash, id, { ...left, devicesValidFrom: now }, enrolled),
    ...gone.map(({ sk }) => removeFactorStep(tables, id, String(sk) as FactorKey, [])),
    ...hashes.map((hash) => remove(tables.directory, passkeyOwnerKey(hash), [any(absent('pk'), equals('userId', id))])),
    ...(number ? [releaseAddressStep(tables, String(number.identHash), id)] : []),
  ]);
  if (outcome.done) return 'done';
  return outcome.failed === 0 ? 'spent' : 'changed';
}
