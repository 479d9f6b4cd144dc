import type { Bound } from '../store/bind.ts';
import type { spendOnce } from '../store/jti-store.ts';
import type { checkProof, newChallenge } from '../vault/proof-of-work.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Alert } from './alert.ts';
import type { Random } from './id.ts';
import type { ProofBinding, WorkProof } from './proof.ts';
import type { SpentLimits } from './spent-limits.ts';
import type { Counted } from './throttle.ts';
import { demandRefusal, workDemand } from './work-demand.ts';

/** What asks for work and takes it. */
export interface WorkDeps {
  readonly checkProof: typeof checkProof;
  readonly newChallenge: typeof newChallenge;
  /** Those in force, seconds old at most. */
  readonly alerts: () => Promise<readonly Alert[]>;
  /** What this function has found at its end. */
  readonly spent: SpentLimits;
}

interface Deps {
  readonly work: WorkDeps;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly spendOnce: typeof spendOnce }>;
}

/**
 * The proof of work that came with a request, spent: it counts once, before anything is counted or judged. Where none
 * came this costs nothing; where one did, a wave.
 * @returns nothing for a proof that does not hold or has been spent: the request is one without
 * @throws Refusal `unavailable`
 */
export async function spendProof(
  { work, sealing, store }: Pick<Deps, 'work' | 'sealing' | 'store'>,
  binding: ProofBinding,
  proof: string | undefined,
  now: number,
): Promise<WorkProof | undefined> {
  const shown = proof ? await work.checkProof(sealing, binding, proof, now) : undefined;
  if (!shown) return undefined;
  const use = { kind: 'work', of: binding.purpose, jti: shown.id, until: shown.until } as const;
  return (await store.spendOnce(use, now)) ? shown : undefined;
}

/**
 * Lets a counted try be judged, or asks for work first.
 * @throws Refusal `challenge_required` with a challenge; `too_many_requests`, with one where work would do too
 */
export async function requireWork(
  { work, sealing, random }: Pick<Deps, 'work' | 'sealing' | 'random'>,
  binding: ProofBinding,
  counted: readonly Counted[],
  alertLevel: number,
  held: WorkProof | undefined,
  now: number,
): Promise<void> {
  const demand = workDemand(counted, alertLevel, held);
  const challenge =
    demand.next === 'prove' ? await work.newChallenge(sealing, binding, demand.level, now, random) : undefined;
  const refusal = demandRefusal(demand, challenge);
  if (refusal) throw refusal;
}
