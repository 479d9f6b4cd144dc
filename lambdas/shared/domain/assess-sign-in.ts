import type { Bound } from '../store/bind.ts';
import type { findSeen } from '../store/seen-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { type AlertScope, alertLevel } from './alert.ts';
import type { Brand } from './brand.ts';
import { browserKind } from './browser-kind.ts';
import { networkOf, prefixOf } from './network.ts';
import type { WorkDeps } from './require-work.ts';
import { assessRisk, type Risk, type RiskSignals } from './risk.ts';
import { type KnownUse, noticeSignals, type Tallies } from './risk-signals.ts';
import { networkMark, type Seen, seenItemKey } from './seen.ts';
import type { SessionDevice } from './session.ts';
import type { SignInCaller } from './sign-in-caller.ts';
import { seconds } from './time.ts';

export interface UseDeps {
  readonly sealing: SealingRing;
  /** The alerts of now, seconds old at most. */
  readonly work: WorkDeps;
  readonly store: Bound<{ readonly findSeen: typeof findSeen }>;
}

/**
 * What is known of an account’s use: what the browser’s own cookie says, else one read that goes beside those of the
 * sign-in’s first wave, and whether an attack is noticed, which a function remembers for seconds. Known and unknown addresses
 * cost the same (LOG1).
 * @throws Refusal `unavailable`
 */
export async function knownUse(deps: UseDeps, caller: SignInCaller, identHash: string): Promise<KnownUse> {
  const device = caller.remembered(identHash);
  return device ? { remembered: device } : lookUpUse(deps, identHash);
}

/** What is known where no cookie says it. */
async function lookUpUse({ sealing, store, work }: UseDeps, identHash: string): Promise<KnownUse> {
  const [sealed, alerts] = await Promise.all([store.findSeen(identHash), work.alerts()]);
  if (sealed === undefined) return { alerts };
  return { alerts, seen: sealing.openEphemeral(seenItemKey(identHash), sealed) as Seen };
}

/**
 * What of it still counts: a browser that was remembered before its owner disowned a sign-in may be the intruder's (LOG5).
 * @param validFrom milliseconds
 */
function knownFrom(known: KnownUse, validFrom: number | undefined): KnownUse {
  const { remembered, ...others } = known;
  const counts = remembered && (validFrom === undefined || (remembered.used?.last.at ?? 0) >= validFrom);
  return counts || !remembered ? known : others;
}

/**
 * What of it still counts; where the cookie does not, what is read of a browser without one, in a wave that disowned cookies
 * alone cost: they are weighed no milder than none.
 * @param validFrom milliseconds
 * @throws Refusal `unavailable`
 */
export async function knownSince(
  deps: UseDeps,
  known: KnownUse,
  identHash: string,
  validFrom: number | undefined,
): Promise<KnownUse> {
  const counts = knownFrom(known, validFrom);
  return counts === known ? known : lookUpUse(deps, identHash);
}

/** Weighs a sign-in by the policy of the brand. `now` in milliseconds. */
export function assessSignIn(
  { brand, sealing }: { readonly brand: Brand; readonly sealing: Pick<SealingRing, 'lookup'> },
  { ip, userAgent, acceptLanguage, edge = {} }: SignInCaller,
  known: KnownUse,
  tries: Omit<Tallies, 'asn' | 'spraying'>,
  now: number,
): Risk {
  const policy = brand.authentication.risk;
  const network = networkMark(sealing.lookup('ip', networkOf(ip)));
  const thick = (scope: AlertScope, hash: string | undefined) =>
    hash !== undefined && alertLevel(known.alerts ?? [], [{ scope, hash }], seconds(now)) > 0;
  const tallies = {
    ...tries,
    asn: thick('misses-asn', edge.asn?.toString()),
    spraying: thick('misses-prefix', sealing.lookup('ip', prefixOf(ip))),
  };
  return assessRisk(
    noticeSignals({ at: now, userAgent, acceptLanguage, network, edge }, known, tallies, policy),
    policy,
  );
}

/**
 * Weighs the second step of a sign-in: what the first one noticed, and whether this one comes from another kind of browser
 * or another country, as it does where somebody passes on what a person was made to type (MFA8).
 */
export function assessSecondStep(
  { authentication }: Pick<Brand, 'authentication'>,
  first: Risk,
  before: SessionDevice,
  { userAgent, edge }: SessionDevice,
): Risk {
  const noticed: RiskSignals = Object.fromEntries(first.reasons.map((reason) => [reason, true]));
  const [from, to] = [before.edge?.country, edge?.country];
  const elsewhere: RiskSignals = {
    ...(browserKind(userAgent) !== browserKind(before.userAgent) && { new_device: true }),
    ...(from !== undefined && to !== undefined && from !== to && { new_country: true }),
  };
  return assessRisk({ ...noticed, ...elsewhere }, authentication.risk);
}
