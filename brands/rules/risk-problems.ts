import { reasonCodes } from '../../lambdas/shared/domain/risk.ts';
import { duplicates, outside, type Rule } from './problem.ts';

const DAY = 86_400;

/** What a notice to the owner rests on cannot be left unlooked at (CHECKS LOG5). */
const noticed: readonly string[] = ['new_device', 'new_country'];

/** Weights, thresholds in their order, and the bounds of what counts as a signal. */
export const riskProblems: Rule = function* ({ authentication: { risk } }) {
  const key = 'authentication.risk';
  for (const reason of reasonCodes) {
    yield* outside(`${key}.weights.${reason}`, risk.weights[reason], noticed.includes(reason) ? 1 : 0, 100);
  }
  const names = ['secondFactor', 'challenge', 'deny'] as const;
  for (const [i, name] of names.entries()) {
    const value = risk.thresholds[name];
    yield* outside(`${key}.thresholds.${name}`, value, 1, 1000);
    const before = names[i - 1];
    if (before !== undefined && value < risk.thresholds[before]) {
      const least = `${key}.thresholds.${before} ${risk.thresholds[before]}`;
      yield { key: `${key}.thresholds.${name}`, says: `${value} must be at least ${least}` };
    }
  }
  for (const [i, asn] of risk.anonymisers.entries()) yield* outside(`${key}.anonymisers[${i}]`, asn, 1, 2 ** 32 - 1);
  yield* duplicates(risk.anonymisers.map(String), (i) => `${key}.anonymisers[${i}]`);
  yield* outside(`${key}.travelSpeed`, risk.travelSpeed, 100, 5000, 'kilometres an hour');
  yield* outside(`${key}.unusedAfter`, risk.unusedAfter, DAY, 400 * DAY, 'seconds');
  yield* outside(`${key}.failedAttempts`, risk.failedAttempts, 1, 100);
};
