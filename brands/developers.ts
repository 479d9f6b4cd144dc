import type { AbusePolicy } from '../lambdas/shared/domain/abuse-policy.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const never = 1_000_000;

/**
 * The abuse policy of a stage in which tests run: a test suite is no attack, where everybody is at example.com and fills
 * in forms at once. What one network prefix does counts as elsewhere.
 */
export const amongDevelopers = {
  misses: {
    prefix: { max: 60, window: 15 * MINUTE },
    asn: { max: never, window: 15 * MINUTE },
    client: { max: never, window: 15 * MINUTE },
    brand: { max: never, window: 15 * MINUTE },
  },
  starts: {
    prefix: { max: 600, window: HOUR },
    domain: { max: never, window: HOUR },
    brand: { max: never, window: HOUR },
  },
} as const satisfies Partial<AbusePolicy>;
