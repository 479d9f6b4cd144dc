import type { Front } from '../shared/domain/flow.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import type { RelyingParty } from '../shared/domain/passkey.ts';
import { newChallenge, secondFactorChallenge } from '../shared/domain/passkey-challenge.ts';
import { type RequestOptions, secondFactorOptions } from '../shared/domain/passkey-options.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findFlow } from '../shared/store/flow-store.ts';
import type { listPasskeys } from '../shared/store/passkey-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { openPending } from './prove-second-factor.ts';

export interface AskDeps {
  readonly rp: RelyingParty;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly findFlow: typeof findFlow; readonly listPasskeys: typeof listPasskeys }>;
}

/**
 * What a browser is asked for whose person has shown a first proof: one of that person's passkeys. Two waves of reads;
 * nothing is written.
 * @throws Refusal `flow_expired`, `factor_unknown`, `unavailable`
 */
export async function askForPasskey(
  { rp, random, sealing, store }: AskDeps,
  id: FlowId,
  at: Front,
  now: number,
): Promise<RequestOptions> {
  const flow = await store.findFlow(id, { purpose: 'second-factor', at }, now);
  check(flow !== undefined, 'flow_expired');
  const { user, secrets } = openPending(sealing, flow);
  check(secrets.factors.includes('passkey'), 'factor_unknown');
  const challenge = newChallenge(sealing.mac, random, secondFactorChallenge(flow.id), now);
  return secondFactorOptions(rp, challenge, await store.listPasskeys(user), secrets.methods);
}
