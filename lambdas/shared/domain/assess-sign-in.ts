import type { Bound } from '../store/bind.ts';
import type { findSeen } from '../store/seen-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Brand } from './brand.ts';
import { networkOf } from './network.ts';
import { assessRisk, type Risk } from './risk.ts';
import { type KnownUse, noticeSignals, type Tallies } from './risk-signals.ts';
import { networkMark, type Seen, seenItemKey } from './seen.ts';
import type { SignInCaller } from './sign-in-caller.ts';

export interface UseDeps {
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly findSeen: typeof findSeen }>;
}

/**
 * What is known of an account’s use: what the browser’s own cookie says, else one read that goes beside those of the
 * sign-in’s first wave. Known and unknown addresses cost the same (LOG1).
 * @throws Refusal `unavailable`
 */
export async function knownUse(
  { sealing, store }: UseDeps,
  caller: SignInCaller,
  identHash: string,
): Promise<KnownUse> {
  const device = caller.remembered(identHash);
  if (device) return { remembered: device };
  const sealed = await store.findSeen(identHash);
  return sealed === undefined ? {} : { seen: sealing.openEphemeral(seenItemKey(identHash), sealed) as Seen };
}

/**
 * What of it still counts: a browser that was remembered before its owner disowned a sign-in may be the intruder's (LOG5).
 * @param validFrom milliseconds
 */
export function knownFrom(known: KnownUse, validFrom: number | undefined): KnownUse {
  const { remembered, ...others } = known;
  const counts = remembered && (validFrom === undefined || (remembered.used?.last.at ?? 0) >= validFrom);
  return counts ? known : others;
}

/** Weighs a sign-in by the policy of the brand. `now` in milliseconds. */
export function assessSignIn(
  { brand, sealing }: { readonly brand: Brand; readonly sealing: Pick<SealingRing, 'lookup'> },
  { ip, userAgent, acceptLanguage, edge = {} }: SignInCaller,
  known: KnownUse,
  tallies: Tallies,
  now: number,
): Risk {
  const policy = brand.authentication.risk;
  const network = networkMark(sealing.lookup('ip', networkOf(ip)));
  return assessRisk(
    noticeSignals({ at: now, userAgent, acceptLanguage, network, edge }, known, tallies, policy),
    policy,
  );
}
