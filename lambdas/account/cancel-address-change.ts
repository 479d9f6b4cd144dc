import { cancelToken } from '../shared/domain/cancel-link.ts';
import { newEvent } from '../shared/domain/event.ts';
import { type FlowId, isFlowId, type Random, type UserId } from '../shared/domain/id.ts';
import { isSameSecret } from '../shared/domain/same-secret.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { cancelFlow, findFlow } from '../shared/store/flow-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface CancelDeps {
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly cancelFlow: typeof cancelFlow; readonly findFlow: typeof findFlow }>;
}

/** The link in the notice stops a change that was begun anywhere. */
const kind = { purpose: 'email-change', at: 'either' } as const;

/** The flow whose notice carried this link. `undefined` for a link that we did not make. Costs no read. */
export function provenFlow(sealing: SealingRing, flow: string, token: string): FlowId | undefined {
  if (!isFlowId(flow)) return undefined;
  return isSameSecret(token, cancelToken(sealing.mac, flow)) ? flow : undefined;
}

/**
 * Stops a change of address on the word of the old address's owner (EM2). `false` where it is over already.
 * @param owner whose it must be, where its own proof does not say (EM5)
 * @throws Refusal `unavailable`
 */
export async function cancelAddressChange(deps: CancelDeps, id: FlowId, now: number, owner?: UserId): Promise<boolean> {
  const { random, store } = deps;
  const flow = await store.findFlow(id, kind, now);
  if (!flow?.userId || (owner !== undefined && flow.userId !== owner)) return false;
  const event = newEvent('email_change.cancelled', { sub: flow.userId }, now, random);
  return store.cancelFlow(id, kind, event, now);
}
