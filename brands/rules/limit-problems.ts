import type { Limit, Limits } from '../../lambdas/shared/domain/brand.ts';
import { outside, type Problem, type Rule } from './problem.ts';

const DAY = 86_400;

/** How many at most, whatever the window; a bound against mistakes. NIST SP 800-63B-4, 3.2.2
 * wants wrong passwords on one account limited to 100 at the most before they are slowed. */
const limitBounds: { readonly [K in Exclude<keyof Limits, 'triesPerCode'>]: number } = {
  passwordPerAccount: 100,
  passwordPerDevice: 100,
  triesPerIp: 10_000,
  codesPerAddress: 50,
  startsPerIp: 10_000,
  startsPerAccount: 100,
  mailsPerAddress: 100,
  clientSecretsPerIp: 1_000,
};

/** Bounds of all limits or, in a stage, of those that it overrides. */
export function* boundsOfLimits(prefix: string, limits: Partial<Limits>): Generator<Problem> {
  for (const [name, max] of Object.entries(limitBounds)) {
    const limit: Limit | undefined = limits[name as keyof typeof limitBounds];
    if (limit === undefined) continue;
    yield* outside(`${prefix}.${name}.max`, limit.max, 1, max);
    yield* outside(`${prefix}.${name}.window`, limit.window, 1, DAY, 'seconds');
    if (limit.free !== undefined) yield* outside(`${prefix}.${name}.free`, limit.free, 1, limit.max);
  }
  // CHECKS VC5: at most five guesses of a six-digit code.
  if (limits.triesPerCode !== undefined) yield* outside(`${prefix}.triesPerCode`, limits.triesPerCode, 1, 5);
}

/** The limits that all stages share. A code that is granted has to be one that is mailed. */
export const limitProblems: Rule = function* ({ limits }) {
  yield* boundsOfLimits('limits', limits);
  const { codesPerAddress, mailsPerAddress } = limits;
  if (codesPerAddress.max > mailsPerAddress.max) {
    yield { key: 'limits.mailsPerAddress.max', says: `${mailsPerAddress.max} must be at least codesPerAddress.max` };
  }
};
