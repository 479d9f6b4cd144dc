import type { SealingRing } from '../vault/sealing-ring.ts';

/** Milliseconds in which the same nonce is handed out. */
const window = 120_000;

/**
 * The nonces that are good now: the one that is handed out, and its predecessor (RFC 9449 section 8). They derive from
 * the time, so that nothing is stored and every instance knows them; nobody else can make one ahead of its time.
 */
export function dpopNonces(ring: SealingRing, now: number): readonly [current: string, previous: string] {
  const nonceAt = (at: number) => ring.mac('dpop', `nonce|${Math.floor(at / window)}`).toString('base64url');
  return [nonceAt(now), nonceAt(now - window)];
}
