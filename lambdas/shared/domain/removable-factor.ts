import type { SecondFactorPolicy } from './authentication-policy.ts';
import { enrolledFactors, type FactorSummary } from './factors.ts';

/** What an account can sign in with, and what is asked of it. */
export interface FactorHolding {
  /** The strictest of the brand and its clients. */
  readonly policy: SecondFactorPolicy;
  readonly hasPassword: boolean;
  readonly enrolled: FactorSummary;
}

/**
 * Whether a factor may go: something is left to sign in with, and a second factor where one is required (PK10).
 * @param after the summary without it
 */
export function isRemovable({ policy, hasPassword }: FactorHolding, after: FactorSummary): boolean {
  const entersWithout = hasPassword || (after.passkeys ?? 0) > 0;
  return entersWithout && (policy !== 'required' || enrolledFactors(after).length > 0);
}
