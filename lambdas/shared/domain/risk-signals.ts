import type { Alert } from './alert.ts';
import { anonymisers } from './anonymisers.ts';
import { browserKind } from './browser-kind.ts';
import { type Edge, isImpossibleTravel, keptPlace, type LastPlace } from './place.ts';
import type { RiskPolicy, RiskSignals } from './risk.ts';
import type { PlacesUsed, Seen } from './seen.ts';

/** A sign-in as it shows itself. */
export interface Attempt {
  /** Milliseconds, by the clock of the server. */
  readonly at: number;
  readonly userAgent: string;
  readonly acceptLanguage: string | undefined;
  /** Keyed hash of the client network. */
  readonly network: string;
  /** What the edge says; nothing where there is none. */
  readonly edge: Edge;
}

/** What is known of the account. */
export interface KnownUse {
  /** The browser carries the account's device cookie, and in it where it was used. */
  readonly remembered?: { readonly used?: PlacesUsed };
  /** Looked up where the browser is not remembered. */
  readonly seen?: Seen;
  /** Attacks that are noticed now; not looked up for a browser that is remembered. */
  readonly alerts?: readonly Alert[];
}

/** Tries of one party in its window, this one included, against what it may. */
export interface Tally {
  readonly count: number;
  readonly max: number;
}

/** What the counters say; a count that nobody took is no signal. */
export interface Tallies {
  /** Tries at this account. */
  readonly account?: Tally | undefined;
  readonly ip?: Tally | undefined;
  /** Wrong tries come thick from the autonomous system. */
  readonly asn?: boolean;
  /** Wrong tries at many accounts come thick from the networks around. */
  readonly spraying?: boolean;
}

const robot =
  /headless|phantom|puppeteer|playwright|selenium|webdriver|\bcurl\/|\bwget\/|python|scrapy|libwww|go-http-client|\bjava\/|\bbot\b|crawler|spider/i;

/** Every browser of today: TLS 1.2 or later, to a name, with HTTP/2 or 3 as what it wants first (JA4). */
const browserHandshake = /^(t1[23]|q13)d\d{4}h[23]$/;

/** Nothing to say who it is, a name of a tool, or the name of a browser without its language or its handshake. */
function looksAutomated({ userAgent, acceptLanguage, edge: { handshake } }: Attempt): boolean {
  if (!userAgent || robot.test(userAgent)) return true;
  if (!userAgent.startsWith('Mozilla/')) return false;
  return !acceptLanguage || (handshake !== undefined && !browserHandshake.test(handshake));
}

function newestOf({ remembered, seen }: KnownUse): LastPlace | undefined {
  const [a, b] = [remembered?.used?.last, seen?.last];
  return a && b ? (a.at >= b.at ? a : b) : (a ?? b);
}

/** Past half of what it may: fast, though not yet stopped. */
const isFast = (tally: Tally | undefined) => tally !== undefined && tally.count * 2 > tally.max;

type Bounds = Omit<RiskPolicy, 'weights' | 'thresholds'>;

/**
 * Notices what is unusual about a sign-in. What is not known is no signal: an account without a history has no new
 * country, a deployment without an edge has no places.
 */
export function noticeSignals(attempt: Attempt, known: KnownUse, tallies: Tallies, policy: Bounds): RiskSignals {
  const { edge, network, at } = attempt;
  const { remembered, seen } = known;
  const kind = browserKind(attempt.userAgent);
  const countries = [...(remembered?.used?.countries ?? []), ...(seen?.countries ?? [])];
  const systems = seen?.systems ?? [];
  const last = newestOf(known);
  const sameBrowserAtSamePlace = seen?.devices.includes(kind) && seen.networks.includes(network);
  const knownNetwork =
    edge.asn !== undefined && systems.length > 0 ? systems.includes(edge.asn) : seen?.networks.includes(network);
  return {
    new_device: !remembered && !sameBrowserAtSamePlace,
    new_country: edge.country !== undefined && countries.length > 0 && !countries.includes(edge.country),
    new_network: knownNetwork === false,
    impossible_travel: last !== undefined && isImpossibleTravel(last, keptPlace(edge, at), policy.travelSpeed),
    anonymiser: edge.asn !== undefined && (anonymisers.has(edge.asn) || policy.anonymisers.includes(edge.asn)),
    long_unused: last !== undefined && at - last.at > policy.unusedAfter * 1000,
    failed_attempts: tallies.account !== undefined && tallies.account.count > policy.failedAttempts,
    velocity_address: isFast(tallies.account),
    velocity_ip: isFast(tallies.ip),
    velocity_asn: tallies.asn === true,
    spraying: tallies.spraying === true,
    automation: looksAutomated(attempt),
  };
}
