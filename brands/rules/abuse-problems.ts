import type { Limit } from '../../lambdas/shared/domain/brand.ts';
import { outside, type Problem, type Rule } from './problem.ts';

const DAY = 86_400;

/**
 * At least so many: brand, client and ASN are counted in sixteen parts, of which each stands for all (ADR 0017), and below
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

/** The numbers beyond which a proof of work is asked, and the breaker of the bill. */
export const abuseProblems: Rule = function* ({ abuse }) {
  const { misses, starts, signUp, messages } = abuse;
  yield* bounds('abuse.misses', { ...misses }, ['asn', 'client', 'brand']);
  yield* bounds('abuse.starts', { ...starts }, ['domain', 'brand']);
  yield* outside('abuse.signUp.minSeconds', signUp.minSeconds, 0, 30, 'seconds');
  yield* outside('abuse.messages.mailsPerHour', messages.mailsPerHour, 10, most);
  yield* outside('abuse.messages.textsPerHour', messages.textsPerHour, 0, most);
};
