import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { Asker } from '../domain/session.ts';
import { askerLivesStep } from './asker-lives.ts';
import { equals } from './clauses.ts';
import {
  addPasswordStep,
  type PasswordCredential,
  replacePasswordStep,
  resetPasswordStep,
} from './credential-store.ts';
import { consumeStep } from './flow-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, ownsAddressStep, signOutChange } from './user-store.ts';

/**
 * Sets a new password by a proof of the address: consumes the flow, ends every session, and fails where the address is
 * no longer the person's or the password changed after the flow began (REC3, REC6, SES4).
 * @throws Refusal `unavailable`
 */
export async function resetPassword(
  tables: Tables,
  flow: Flow,
  credential: PasswordCredential,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const signOut = signOutChange({ validFrom: now });
  const change = { ...signOut, set: { ...signOut.set, updatedAt: now, event } };
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    ownsAddressStep(tables, flow.identHash, credential.userId),
    resetPasswordStep(tables, flow.identHash, credential, flow.startedAt),
    changeUserStep(tables, credential.userId, change, 'proof'),
  ]);
  return outcome.done;
}

/**
 * Replaces the password just verified, or sets the first one, and ends every session but the one that asked (SES4).
 * @throws Refusal `unavailable`
 */
export async function changePassword(
  tables: Tables,
  identHash: string,
  verified: PasswordCredential | undefined,
  credential: PasswordCredential,
  by: Asker,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const { userId } = credential;
  const signOut = signOutChange({ validFrom: now, keep: by.session });
  const change = { ...signOut, set: { ...signOut.set, updatedAt: now, event } };
  const outcome = await transact(tables, [
    askerLivesStep(tables, userId, by, now),
    verified
      ? replacePasswordStep(tables, identHash, credential, verified)
      : addPasswordStep(tables, identHash, credential),
    // Where the address moved meanwhile, it would be filed where no sign-in looks (EM4).
    changeUserStep(tables, userId, change, by.session, [equals('identHash', identHash)]),
  ]);
  return outcome.done;
}
