import { seconds } from '../shared/domain/time.ts';
import type { KeyTimes, SigningAlg } from '../shared/vault/signing-ring.ts';

/** Seconds of one day: how long a next key is published before it signs, far beyond any cache of the JWKS (TK6). */
export const lead = 86_400;

export interface RotationPolicy {
  /** Seconds that a key signs. */
  readonly signingKey: number;
  /** Seconds of the longest-lived token. */
  readonly longestToken: number;
  /** Seconds of the longest session: so long its client may show an ID token of it as a hint. */
  readonly longestSession: number;
}

/** What is to be done: keep these published, keep of those the public part for hints, make these. */
export interface RotationPlan<Key extends KeyTimes> {
  readonly keep: readonly Key[];
  readonly drop: readonly { readonly key: Key; readonly until: number }[];
  readonly make: readonly { readonly alg: SigningAlg; readonly activeFrom: number }[];
}

const algorithms: readonly SigningAlg[] = ['ES256', 'RS256'];

/**
 * Plans the keys of one algorithm: *next* is made a day before it signs, *active* is the newest that has begun, *retired*
 * stays published until the last token that it signed has expired (DESIGN section 4), and *past* is what is left of it until
 * the last session is over that has an ID token of it.
 */
function planAlgorithm<Key extends KeyTimes>(
  keys: readonly Key[],
  alg: SigningAlg,
  policy: RotationPolicy,
  now: number,
): RotationPlan<Key> {
  const oldestFirst = keys.filter((key) => key.alg === alg).toSorted((a, b) => a.activeFrom - b.activeFrom);
  const signedUntil = oldestFirst.map((_, at) => oldestFirst[at + 1]?.activeFrom ?? Number.POSITIVE_INFINITY);
  const isKept = signedUntil.map((end) => end + policy.longestToken + lead > now);
  const keep = oldestFirst.filter((_, at) => isKept[at]);
  const drop = oldestFirst.flatMap((key, at) =>
    isKept[at] ? [] : [{ key, until: (signedUntil[at] ?? now) + policy.longestSession }],
  );
  const newest = keep.at(-1);
  if (!newest) return { keep, drop, make: [{ alg, activeFrom: now }] };
  const due = newest.activeFrom + policy.signingKey;
  const make = due - lead <= now ? [{ alg, activeFrom: Math.max(due, now + lead) }] : [];
  return { keep, drop, make };
}

/** Plans the whole ring. `now` is milliseconds; the result counts epoch seconds. */
export function planRotation<Key extends KeyTimes>(
  keys: readonly Key[],
  policy: RotationPolicy,
  now: number,
): RotationPlan<Key> {
  const plans = algorithms.map((alg) => planAlgorithm(keys, alg, policy, seconds(now)));
  return {
    keep: plans.flatMap((plan) => plan.keep),
    drop: plans.flatMap((plan) => plan.drop),
    make: plans.flatMap((plan) => plan.make),
  };
}
