import type { FactorKind } from './authentication-policy.ts';
import type { UserId } from './id.ts';

/** What an account has enrolled: read with the password in one query, changed with the factors in one transaction. */
export interface FactorSummary {
  readonly userId: UserId;
  readonly totp?: true;
  readonly sms?: true;
  /** Milliseconds since which codes for the address go to the number, as the owner chose; a copy of `codeChannel`. */
  readonly textsSince?: number;
  /** Milliseconds until which codes for the address may have gone to a number: its owner took the number or the choice back. */
  readonly textsUntil?: number;
  /** Texts to the number never arrive: codes for the address go by mail, whatever was chosen. */
  readonly unreachable?: true;
  /** Number of passkeys. */
  readonly passkeys?: number;
  /** Recovery codes that are left. */
  readonly recovery?: number;
  /** Milliseconds: browsers that were remembered before count as new; a copy of the person's own. */
  readonly devicesValidFrom?: number;
  /** Counts changes; a change that rests on what it read names the version. */
  readonly version?: number;
}

/** What may be asked for after the first proof. `mailed-code` is a precaution, not a factor (MFA8). */
export type SecondFactor = FactorKind | 'recovery-code' | 'mailed-code';

/** Second factors of an account, strongest first. Recovery codes stand in for a factor; alone they are none. */
export function enrolledFactors(summary: FactorSummary | undefined): readonly SecondFactor[] {
  if (!summary) return [];
  const factors: readonly SecondFactor[] = [
    ...((summary.passkeys ?? 0) > 0 ? (['passkey'] as const) : []),
    ...(summary.totp ? (['totp'] as const) : []),
    ...(summary.sms ? (['sms'] as const) : []),
  ];
  if (factors.length === 0) return [];
  return (summary.recovery ?? 0) > 0 ? [...factors, 'recovery-code'] : factors;
}

/** The key under which what is secret of a factor is sealed: an authenticator app's secret, a phone number. */
export function factorItemKey(user: UserId, factor: string): string {
  return `FACTOR#${user}#${factor}`;
}
