import type { Bound } from '../store/bind.ts';
import type { startFlow } from '../store/flow-store.ts';
import type { Counter, untilWindowEnds } from '../store/rate-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Brand } from './brand.ts';
import { codeLifetime, type FlowStart, type FlowStarted, newFlow } from './code-flow.ts';
import type { ItemEvent } from './event.ts';
import type { Random, UserId } from './id.ts';
import { networkOf } from './network.ts';
import { Refusal } from './refusal.ts';

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

/**
 * The counters that asking for a code moves: of the client network and of the address (VC6, RL3).
 * @param freeOnly what is beyond the free ones of the network has to show a proof of work, and this one shows none
 */
export function codeCounters(
  deps: Pick<FlowDeps, 'brand' | 'sealing'>,
  identHash: string,
  ip: string,
  freeOnly = false,
) {
  const { brand, sealing } = deps;
  const { max, free = max, window } = brand.limits.startsPerIp;
  return [
    { scope: 'ip-starts', hash: sealing.lookup('ip', networkOf(ip)), limit: { max: freeOnly ? free : max, window } },
    { scope: 'codes', hash: identHash, limit: brand.limits.codesPerAddress },
  ] as const;
}

/**
 * The counter of a person who is signed in and asks for codes: to whomever they go, one account has so many. Those of
 * addresses and networks do not see somebody who names another one each time (RL3).
 */
function ownCounters({ brand: { limits } }: Pick<FlowDeps, 'brand'>, userId: UserId | undefined): readonly Counter[] {
  return userId === undefined ? [] : [{ scope: 'own-starts', hash: userId, limit: limits.startsPerAccount }];
}

/**
 * Begins a flow that mails a code: one wave, whoever owns the address. The mailer, off the request path, decides what
 * the owner reads (DESIGN section 1, rule 2).
 * @param also counters that this journey moves beside those of every code
 * @throws Refusal `too_many_requests`, `unavailable`
 */
export async function beginFlow(
  deps: FlowDeps,
  start: FlowStart,
  event: ItemEvent,
  ip: string,
  now: number,
  also: readonly Counter[] = [],
): Promise<FlowStarted> {
  const { brand, random, sealing, store } = deps;
  const flow = newFlow({ lifetimes: brand.lifetimes, random, now, ...sealing }, start);
  const counters = [...ownCounters(deps, start.userId), ...codeCounters(deps, flow.identHash, ip), ...also];
  const limited = await store.startFlow(flow, event, counters);
  if (limited) throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(limited, now) });
  return { flow: flow.id, next: 'verify', expires_in: codeLifetime(start.purpose, brand.lifetimes) };
}
