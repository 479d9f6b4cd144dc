import type { AbusePolicy } from '../../lambdas/shared/domain/abuse-policy.ts';
import type { Limit } from '../../lambdas/shared/domain/brand.ts';
import { outside, type Problem, type Rule } from './problem.ts';

const DAY = 86_400;

/**
 * At least so many: brand, client and ASN are counted in sixteen parts, of which each stands for all (ADR 0021), and below
 * ten misses a part says nothing.
 */
const fewestOfMany = 160;
const most = 1_000_000;

function* bounds(
  prefix: string,
  limits: Readonly<Record<string, Limit>>,
  sharded: readonly string[],
): Generator<Problem> {
  for (const [name, { max, window }] of Object.entries(limits)) {
    yield* outside(`${prefix}.${name}.max`, max, sharded.includes(name) ? fewestOfMany : 1, most);
    yield* outside(`${prefix}.${name}.window`, window, 60, DAY, 'seconds');
  }
}

/** Bounds of the policy or, in a stage, of the parts that it replaces. */
function* boundsOfAbuse(prefix: string, abuse: Partial<AbusePolicy>): Generator<Problem> {
  const { misses, starts, signUp, mailsPerHour } = abuse;
  if (misses) yield* bounds(`${prefix}.misses`, { ...misses }, ['asn', 'client', 'brand']);
  if (starts) yield* bounds(`${prefix}.starts`, { ...starts }, ['domain', 'brand']);
  if (signUp) yield* outside(`${prefix}.signUp.minSeconds`, signUp.minSeconds, 0, 30, 'seconds');
  if (mailsPerHour !== undefined) yield* outside(`${prefix}.mailsPerHour`, mailsPerHour, 10, most);
}

/** The numbers beyond which a proof of work is asked, and the breaker of the bill. */
export const abuseProblems: Rule = function* ({ abuse, stages }) {
  yield* boundsOfAbuse('abuse', abuse);
  for (const [name, stage] of Object.entries(stages)) yield* boundsOfAbuse(`stages.${name}.abuse`, stage.abuse ?? {});
};
