import type { Neighbourhood } from '../shared/domain/alert.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { Flow } from '../shared/domain/flow.ts';
import { missNeighbourhoods } from '../shared/domain/neighbourhoods.ts';
import type { SignInCaller } from '../shared/domain/sign-in-caller.ts';
import type { Counted } from '../shared/domain/throttle.ts';
import type { Counter } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface SecondFactorCaller extends SignInCaller {
  /** Of work, where it was asked for. */
  readonly proof?: string | undefined;
}

/** NIST SP 800-63B-4 section 3.2.2 allows a hundred failures in a row; so many tries a day come nowhere near a code (RL4). */
const perDay = { max: 100, window: 86_400 };

/** What a try at an account's second factor is counted by, and the neighbourhood that its miss is counted for. */
interface CountedBy {
  readonly counters: readonly [Counter, ...Counter[]];
  readonly nearby: readonly Neighbourhood[];
}

/**
 * From anywhere but the browsers that the account knows, tries are counted together: so many are free, more take work, and
 * there is an end to those of a day. A known browser counts for itself, so that nobody who has the password shuts the owner
 * out (RL7); all known ones have a day together, since who has the password may have made many of them before there was a
 * second factor (RL4).
 */
export function countedFor(
  { brand, sealing }: { readonly brand: Brand; readonly sealing: Pick<SealingRing, 'lookup'> },
  { identHash, clientId }: Pick<Flow, 'identHash' | 'clientId'>,
  { remembered, ip, edge }: SignInCaller,
): CountedBy {
  const device = remembered(identHash)?.nonce;
  const { passwordPerDevice, passwordPerAccount } = brand.limits;
  if (device) {
    const ofDevice = { scope: 'second-factor', hash: `${identHash}.${device}`, limit: passwordPerDevice } as const;
    const ofDay = { scope: 'second-factor', hash: `${identHash}.remembered.day`, limit: perDay } as const;
    return { counters: [ofDevice, ofDay], nearby: [] };
  }
  return {
    counters: [
      { scope: 'second-factor', hash: identHash, limit: passwordPerAccount },
      { scope: 'second-factor', hash: `${identHash}.day`, limit: perDay },
    ],
    nearby: missNeighbourhoods(brand.abuse, sealing.lookup, { ip, asn: edge?.asn, clientId }),
  };
}

/** Whether tries with a proof of work are counted apart. */
export const takesWork = ({ limit }: Counter) => limit.free !== undefined;

/** More tries in the window than one sign-in has: somebody guesses, and the owner is told (MFA4). */
export function isGuessing({ limits }: Brand, [first]: readonly Counted[]): boolean {
  return first !== undefined && first.count + (first.proven ?? 0) > limits.triesPerCode;
}
