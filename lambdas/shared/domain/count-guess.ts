import type { Bound } from '../store/bind.ts';
import type { countTry } from '../store/flow-store.ts';
import type { countUp } from '../store/rate-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Brand } from './brand.ts';
import type { CountedTry } from './code-flow.ts';
import type { FlowKind } from './flow.ts';
import type { FlowId } from './id.ts';
import { networkOf } from './network.ts';
import { type Counted, checkLimits } from './throttle.ts';

export interface GuessDeps {
  readonly brand: Pick<Brand, 'limits'>;
  readonly sealing: Pick<SealingRing, 'lookup'>;
  readonly store: Bound<{ readonly countTry: typeof countTry; readonly countUp: typeof countUp }>;
}

/**
 * Counts a guess at a mailed code before anybody judges it: on its flow, and on the network that it comes from (VC2, RL3).
 * One wave.
 * @throws Refusal `too_many_requests`, `unavailable`
 */
export async function countGuess(
  { brand: { limits }, sealing, store }: GuessDeps,
  id: FlowId,
  kind: FlowKind,
  ip: string,
  now: number,
): Promise<{ readonly attempt: CountedTry; readonly tries: Counted }> {
  const hash = sealing.lookup('ip', networkOf(ip));
  const [attempt, tries] = await Promise.all([
    store.countTry(id, kind, now, limits.triesPerCode),
    store.countUp({ scope: 'ip-tries', hash, limit: limits.triesPerIp }, now),
  ]);
  checkLimits([tries]);
  return { attempt, tries };
}
