import type { Counter } from '../store/rate-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Brand, Client } from './brand.ts';
import { networkOf } from './network.ts';

/**
 * What a client without a secret lets us keep anybody can: it is counted by network, apart from the starts that mail a code, so
 * that neither uses the other up (RL3). Nothing is counted of a client that has authenticated.
 */
export function openRequestCounter(
  { brand, sealing }: { readonly brand: Brand; readonly sealing: Pick<SealingRing, 'lookup'> },
  { authentication }: Client,
  ip: string,
): Counter | undefined {
  if (authentication !== 'none') return undefined;
  const { max, window } = brand.limits.startsPerIp;
  return { scope: 'ip-requests', hash: sealing.lookup('ip', networkOf(ip)), limit: { max, window } };
}
