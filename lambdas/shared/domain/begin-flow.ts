import type { Bound } from '../store/bind.ts';
import type { startFlow } from '../store/flow-store.ts';
import type { Counter, StartCounter, untilWindowEnds } from '../store/rate-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Brand } from './brand.ts';
import { codeLifetime, type FlowStart, type FlowStarted, newFlow, recipientHashOf } from './code-flow.ts';
import type { ItemEvent } from './event.ts';
import type { Random, UserId } from './id.ts';
import { networkOf } from './network.ts';
import type { WorkProof } from './proof.ts';
import { Refusal } from './refusal.ts';
import { freeOf, wholeOf } from './throttle.ts';

export interface FlowDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly untilWindowEnds: typeof untilWindowEnds;
  readonly store: Bound<{ readonly startFlow: typeof startFlow }>;
}

/** Who asks, as the gateway tells it. */
export interface Caller {
  readonly ip: string;
  readonly acceptLanguage: string | undefined;
}

/** The start of a person who is signed in. */
type OwnStart = FlowStart & { readonly userId: UserId };

type CountedBy = Pick<FlowDeps, 'brand' | 'sealing'>;

/** Of the client network. */
const networkCounter = ({ brand, sealing }: CountedBy, ip: string) =>
  ({ scope: 'ip-starts', hash: sealing.lookup('ip', networkOf(ip)), limit: brand.limits.startsPerIp }) as const;

/** Of the mailbox or number that a code goes to. */
const recipientCounter = ({ brand, sealing }: CountedBy, secrets: FlowStart['secrets']) =>
  ({ scope: 'codes', hash: recipientHashOf(sealing.lookup, secrets), limit: brand.limits.codesPerAddress }) as const;

/**
 * The counters that asking for a code moves: of the client network and of the address (VC6, RL3). What is beyond their
 * free ones takes work, and is counted apart.
 * @param proof of work that came with the request
 */
export function codeCounters(
  deps: CountedBy,
  secrets: FlowStart['secrets'],
  ip: string,
  proof?: WorkProof,
): readonly StartCounter[] {
  return [
    { ...networkCounter(deps, ip), proof },
    { ...recipientCounter(deps, secrets), proof },
  ];
}

/** The one counter of a browser that is remembered: what strangers ask for elsewhere does not hold it up (RL7). */
export function deviceCounters({ brand }: CountedBy, identHash: string, nonce: string): readonly StartCounter[] {
  const limit = freeOf(brand.limits.codesPerAddress);
  return [{ scope: 'codes-device', hash: `${identHash}.${nonce}`, limit }];
}

/**
 * The counters of a code that follows a first proof. Who has shown one is known: what strangers ask for does not hold the
 * account up, nor does who asks from elsewhere hold up its own browsers (RL7). Nobody is asked for work; whoever has the
 * password has so many sent in an hour and no more (RL3).
 */
export function secondFactorCounters(
  deps: CountedBy,
  { userId, remembered }: { readonly userId: UserId; readonly remembered?: true | undefined },
  ip: string,
): readonly Counter[] {
  const { codesPerAddress, startsPerIp } = deps.brand.limits;
  const hash = remembered ? `${userId}.remembered` : userId;
  return [
    { ...networkCounter(deps, ip), limit: wholeOf(startsPerIp) },
    { scope: 'codes-second-factor', hash, limit: freeOf(codesPerAddress) },
  ];
}

/**
 * The counters of a person who is signed in. One account asks for so many codes, to whomever they go: those of addresses
 * and networks do not see somebody who names another address each time, from a wide network (RL3). Nobody who is signed in
 * is asked for work: an address has its free ones for them, a network all.
 */
function ownCounters(deps: CountedBy, { userId, secrets }: OwnStart, ip: string): readonly Counter[] {
  const { startsPerAccount, startsPerIp } = deps.brand.limits;
  return [
    { scope: 'own-starts', hash: userId, limit: startsPerAccount },
    { ...networkCounter(deps, ip), limit: wholeOf(startsPerIp) },
    recipientCounter(deps, secrets),
  ];
}

/**
 * Begins a flow that sends a code, for a person who is signed in: one wave, whoever owns the address. The mailer, off the
 * request path, decides what the owner reads (DESIGN section 1, rule 2). What anybody may begin goes through `beginOpenFlow`.
 * @param also counters that this journey moves beside those of every code
 * @throws Refusal `too_many_requests`, `unavailable`
 */
export async function beginFlow(
  deps: FlowDeps,
  start: OwnStart,
  event: ItemEvent,
  ip: string,
  now: number,
  also: readonly Counter[] = [],
): Promise<FlowStarted> {
  const { brand, random, sealing, store } = deps;
  const flow = newFlow({ lifetimes: brand.lifetimes, random, now, ...sealing }, start);
  const counters = [...ownCounters(deps, start, ip), ...also];
  const limited = await store.startFlow(flow, event, counters);
  if (limited) throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(limited, now) });
  return { flow: flow.id, next: 'verify', expires_in: codeLifetime(start.purpose, brand.lifetimes) };
}
