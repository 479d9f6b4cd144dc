import { hardest } from './proof.ts';

/** Of a part: few say nothing about all parts, which fill unevenly, and the first to get there speaks for them. */
const leastStep = 5;

/** An attack that comes again and again is met for eight windows at most: two hours, of the short ones. */
const mostWindows = 8;

/** Where wrong tries, or sign-ups, came thick from. */
export const alertScopes = [
  'misses-prefix',
  'misses-asn',
  'misses-client',
  'misses-brand',
  'starts-prefix',
  'starts-domain',
  'starts-brand',
] as const;

export type AlertScope = (typeof alertScopes)[number];

/** A neighbourhood in which whoever is unknown has to show a proof of work for a while. */
export interface Alert {
  readonly scope: AlertScope;
  /** Names the party inside its scope. */
  readonly hash: string;
  /** Of the work that is asked. */
  readonly level: number;
  /** Epoch seconds. */
  readonly until: number;
}

/** A neighbourhood that a request belongs to, and how much of it is too much. */
export interface Neighbourhood {
  readonly scope: AlertScope;
  readonly hash: string;
  readonly limit: { readonly max: number; readonly window: number };
}

/**
 * Parts that a busy counter is split into: one item of DynamoDB takes 1,000 writes a second. A party's parts fill alike,
 * so a part stands for all of them: sixteen times its count is the estimate, off by a tenth at a hundred a part.
 */
const shards: { readonly [S in AlertScope]: number } = {
  'misses-prefix': 1,
  'misses-asn': 16,
  'misses-client': 16,
  'misses-brand': 16,
  'starts-prefix': 1,
  'starts-domain': 16,
  'starts-brand': 16,
};

/** The part of a busy counter that one of its writes goes to. @param draw a random number */
export function shardOf({ scope }: Pick<Neighbourhood, 'scope'>, draw: number): number {
  return draw % shards[scope];
}

/**
 * The alert level that a part's count has just reached: 1 at the limit, one more at each doubling. Each level is reached
 * by one write alone, which is the one that raises the alert.
 */
export function levelReached({ scope, limit }: Neighbourhood, count: number): number | undefined {
  const first = Math.ceil(limit.max / shards[scope]);
  for (let level = 1; level <= hardest; level++) {
    if (count === first * 2 ** (level - 1)) return level;
  }
  return undefined;
}

/**
 * Which step a part's count of tries with work has just reached, at each of which an alert that stands is one level harder:
 * a further tenth of the limit for misses, since whoever works and misses so often can pay what is asked; a whole limit for
 * starts, most of which are customers'.
 */
export function stepReached({ scope, limit }: Neighbourhood, proven: number): number | undefined {
  const whole = limit.max / shards[scope];
  const step = Math.max(shards[scope] > 1 ? leastStep : 1, Math.ceil(scope.startsWith('misses') ? whole / 10 : whole));
  return proven > 0 && proven % step === 0 ? proven / step : undefined;
}

/** Windows that an alert is in force for when it was raised so often in a row. */
export function windowsInForce(strikes: number): number {
  return Math.min(strikes, mostWindows);
}

/** The hardest work that is asked where a request comes from; 0 where all is quiet. `now` in epoch seconds. */
export function alertLevel(
  alerts: readonly Alert[],
  neighbourhoods: readonly Pick<Neighbourhood, 'scope' | 'hash'>[],
  now: number,
): number {
  const here = alerts.filter(
    ({ scope, hash, until }) =>
      until > now && neighbourhoods.some((each) => each.scope === scope && each.hash === hash),
  );
  return Math.max(0, ...here.map(({ level }) => level));
}
