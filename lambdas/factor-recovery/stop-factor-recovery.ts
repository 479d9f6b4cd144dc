import { newEvent } from '../shared/domain/event.ts';
import { type FactorRecovery, stopToken } from '../shared/domain/factor-recovery.ts';
import { isUserId, type Random } from '../shared/domain/id.ts';
import { isSameSecret } from '../shared/domain/same-secret.ts';
import { seconds } from '../shared/domain/time.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findRecovery, stopRecovery } from '../shared/store/recovery-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface StopDeps {
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly findRecovery: typeof findRecovery; readonly stopRecovery: typeof stopRecovery }>;
}

/**
 * The waiting time that a link stops, if it is one of ours and there is still something to stop. It reads and changes
 * nothing (VC7).
 * @throws Refusal `unavailable`
 */
export async function linkedRecovery(
  { sealing, store }: Omit<StopDeps, 'random'>,
  link: { readonly person?: string | undefined; readonly token?: string | undefined },
  now: number,
): Promise<FactorRecovery | undefined> {
  const { person = '', token = '' } = link;
  const recovery = isUserId(person) ? await store.findRecovery(person) : undefined;
  if (!recovery || recovery.endedAt !== undefined || recovery.endsAt <= seconds(now)) return undefined;
  return isSameSecret(token, stopToken(sealing.mac, recovery)) ? recovery : undefined;
}

/** Stops the removal; `false` where it was over meanwhile. @throws Refusal `unavailable` */
export async function stopFactorRecovery(
  { random, store }: StopDeps,
  recovery: FactorRecovery,
  now: number,
): Promise<boolean> {
  const event = newEvent('factor_recovery.stopped', { sub: recovery.userId }, now, random);
  return store.stopRecovery(recovery, event, now);
}
