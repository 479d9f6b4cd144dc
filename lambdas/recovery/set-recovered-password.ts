import type { Brand } from '../shared/domain/brand.ts';
import { countGuess, type GuessDeps } from '../shared/domain/count-guess.ts';
import { newEvent } from '../shared/domain/event.ts';
import { type FlowSecrets, type Front, flowItemKey } from '../shared/domain/flow.ts';
import type { FlowId, Random, UserId } from '../shared/domain/id.ts';
import { type GuessOrigin, type JudgeDeps, judgeGuess } from '../shared/domain/judge-guess.ts';
import {
  type BreachedPasswords,
  type CommonPasswords,
  checkBreaches,
  checkPassword,
  normalisePassword,
} from '../shared/domain/password-policy.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { resetPassword } from '../shared/store/change-password.ts';
import type { findOwner } from '../shared/store/user-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface RecoveryDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly isCommon: CommonPasswords;
  readonly isBreached: BreachedPasswords;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly store: GuessDeps['store'] &
    JudgeDeps['store'] &
    Bound<{
      readonly findOwner: typeof findOwner;
      readonly resetPassword: typeof resetPassword;
    }>;
}

/**
 * Sets a new password with the mailed code. A password that the policy refuses costs no try; code and password are
 * consumed and set in one transaction; sessions end and nobody is signed in (REC3, REC4).
 * @throws Refusal of the password; `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `unavailable`
 */
export async function setRecoveredPassword(
  deps: RecoveryDeps,
  id: FlowId,
  input: { readonly at: Front; readonly code: string; readonly password: string },
  from: GuessOrigin,
  now: number,
): Promise<UserId> {
  const { brand, random, sealing, store } = deps;
  const password = normalisePassword(input.password);
  checkPassword(password, undefined, brand.passwords, deps.isCommon);
  await checkBreaches(password, deps.isBreached);

  const { attempt } = await countGuess(deps, id, { purpose: 'recovery', at: input.at }, from.ip, now);
  const flow = await judgeGuess(deps, attempt, input.code, from, now);
  const { email } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets;
  checkPassword(password, email, brand.passwords, deps.isCommon);

  const [userId, hash] = await Promise.all([store.findOwner(flow.identHash), deps.hashPassword(password)]);
  if (!userId) throw new Refusal('flow_expired');
  const credential = { userId, hash, status: 'active', changedAt: now } as const;
  const event = newEvent('password.reset', { sub: userId }, now, random);
  if (!(await store.resetPassword(flow, credential, event, now))) throw new Refusal('flow_expired');
  return userId;
}
