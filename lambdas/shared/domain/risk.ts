/**
 * How risky a sign-in is, as a sum that can be explained: each signal has a weight in the brand file and is a reason by
 * its own name (issue "Risk"; NIST SP 800-63B-4 section 3.2.2 lists such signals). Nothing here reads or remembers.
 */
export const reasonCodes = [
  /** A browser that this account has not signed in from. */
  'new_device',
  'new_country',
  /** An autonomous system, or without an edge an address, that this account has not signed in from. */
  'new_network',
  /** Nobody travels so fast from the last place. */
  'impossible_travel',
  /** A network that hides who uses it: exits of Tor, of commercial VPNs. */
  'anonymiser',
  /** Nobody has signed in for long. */
  'long_unused',
  /** Several wrong tries on this account just before. */
  'failed_attempts',
  /** Many sign-ins at this account, whoever tries. */
  'velocity_address',
  /** Many sign-ins from this client network. */
  'velocity_ip',
  /** Many sign-ins from this autonomous system. */
  'velocity_asn',
  /** One network that tries many accounts. */
  'spraying',
  /** No browser would send this. */
  'automation',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

/** What becomes of a sign-in, from least to most. */
export const riskOutcomes = ['allow', 'second-factor', 'challenge', 'deny'] as const;
export type RiskOutcome = (typeof riskOutcomes)[number];

export interface Risk {
  /** Sum of the weights of the reasons. */
  readonly score: number;
  /** Heaviest first. */
  readonly reasons: readonly ReasonCode[];
  readonly outcome: RiskOutcome;
}

/** What was noticed. */
export type RiskSignals = { readonly [R in ReasonCode]?: boolean };

/** What a brand makes of signals: data of its file. */
export interface RiskPolicy {
  /** 0 = not looked at. */
  readonly weights: { readonly [R in ReasonCode]: number };
  /** Scores from which an outcome applies, each at least the one before. */
  readonly thresholds: { readonly secondFactor: number; readonly challenge: number; readonly deny: number };
  /** Numbers of autonomous systems beside the bundled ones (`anonymisers.ts`). */
  readonly anonymisers: readonly number[];
  /** Kilometres an hour; faster is `impossible_travel`. */
  readonly travelSpeed: number;
  /** Seconds without a sign-in that make one `long_unused`. */
  readonly unusedAfter: number;
  /** Wrong tries on the account in the window of its counter. */
  readonly failedAttempts: number;
}

function outcomeOf(score: number, { deny, challenge, secondFactor }: RiskPolicy['thresholds']): RiskOutcome {
  if (score >= deny) return 'deny';
  if (score >= challenge) return 'challenge';
  return score >= secondFactor ? 'second-factor' : 'allow';
}

/** Anybody can cause these for anybody: they never make the difference to a denial, which would shut an owner out (RL7). */
const anybodys: ReadonlySet<ReasonCode> = new Set(['failed_attempts', 'velocity_address']);

/** Weighs what was noticed. A further signal never lowers the score, and a signal without weight is no reason. */
export function assessRisk(
  signals: RiskSignals,
  { weights, thresholds }: Pick<RiskPolicy, 'weights' | 'thresholds'>,
): Risk {
  const reasons = reasonCodes
    .filter((reason) => signals[reason] === true && weights[reason] > 0)
    .sort((a, b) => weights[b] - weights[a]);
  const sumOf = (some: readonly ReasonCode[]) => some.reduce((sum, reason) => sum + weights[reason], 0);
  const score = sumOf(reasons);
  const isOwnDoing = sumOf(reasons.filter((reason) => !anybodys.has(reason))) >= thresholds.deny;
  const outcome = outcomeOf(score, thresholds);
  return { score, reasons, outcome: outcome === 'deny' && !isOwnDoing ? 'challenge' : outcome };
}

/** The sign-in of a way in that notices nothing: a sign-up’s first session. */
export const noRisk: Risk = { score: 0, reasons: [], outcome: 'allow' };
