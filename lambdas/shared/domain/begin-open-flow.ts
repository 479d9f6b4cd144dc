import type { countNearby } from '../store/alert-store.ts';
import type { Bound } from '../store/bind.ts';
import type { spendOnce } from '../store/jti-store.ts';
import type { Counter, findCounted, StartCounter } from '../store/rate-store.ts';
import { alertLevel, type Neighbourhood } from './alert.ts';
import { type Caller, codeCounters, deviceCounters, type FlowDeps } from './begin-flow.ts';
import { codeLifetime, domainOf, type FlowStart, type FlowStarted, identHashOf, newFlow } from './code-flow.ts';
import type { ItemEvent } from './event.ts';
import { missNeighbourhoods, startNeighbourhoods } from './neighbourhoods.ts';
import { networkOf } from './network.ts';
import type { ProofBinding, WorkProof } from './proof.ts';
import { Refusal } from './refusal.ts';
import { requireWork, spendProof, type WorkDeps } from './require-work.ts';
import type { RememberedDevice } from './sign-in-caller.ts';
import { seconds } from './time.ts';
import { oneMore } from './work-demand.ts';

export interface OpenFlowDeps extends FlowDeps {
  readonly work: WorkDeps;
  readonly store: FlowDeps['store'] &
    Bound<{
      readonly spendOnce: typeof spendOnce;
      readonly countNearby: typeof countNearby;
      readonly findCounted: typeof findCounted;
    }>;
}

/** Anybody: nothing is known of who asks but where from, and what they show. */
export interface OpenCaller extends Caller {
  /** Number of the autonomous system, where an edge stands in front. */
  readonly asn?: number | undefined;
  /** Of work, where it was asked for. */
  readonly proof?: string | undefined;
  /** The browser, where the owner of the address has signed in there before. */
  readonly remembered?: (identHash: string) => RememberedDevice | undefined;
}

/** Work that was asked for already, for what the caller did before: what it did not show is asked for in its name. */
export interface WorkShown {
  readonly binding: ProofBinding;
  readonly held: WorkProof | undefined;
}

export interface OpenFlowExtras {
  /** Level of work that the request itself asks for. */
  readonly suspicion?: number;
  /** Counters that this journey moves beside those of every code. */
  readonly also?: readonly Counter[];
  readonly shown?: WorkShown;
}

/** A start that may be made, as far as is known before it is written, and what it moves beside its flow. */
export interface Admitted {
  readonly counters: readonly StartCounter[];
  /** Nothing where the browser is remembered. */
  readonly open?: { readonly nearby: readonly Neighbourhood[]; readonly shown: WorkShown };
}

/**
 * Takes the proof that came, and asks for work where the request comes from an alerted neighbourhood, is suspicious itself,
 * or goes beyond what one network or one address is known to have free: before anything that costs. One wave where a proof
 * came, alerts are looked for again or a counter has been at its end, else none.
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function admitStart(
  deps: OpenFlowDeps,
  { clientId, secrets }: Pick<FlowStart, 'clientId' | 'secrets'>,
  caller: OpenCaller,
  now: number,
  { suspicion = 0, also = [], shown: before }: OpenFlowExtras = {},
): Promise<Admitted> {
  const { work, sealing, brand, store } = deps;
  const identHash = identHashOf(sealing.lookup, secrets);
  const device = caller.remembered?.(identHash);
  if (device) return { counters: [...deviceCounters(deps, identHash, device.nonce), ...also] };

  const { ip, asn, proof } = caller;
  const nearby = await startNeighbourhoods(brand.abuse, sealing.lookup, { ip, domain: domainOf(secrets) });
  const countersOf = (held: WorkProof | undefined) => [...codeCounters(deps, secrets, ip, held), ...also];
  if (before) return { counters: countersOf(before.held), open: { nearby, shown: before } };

  const binding = { purpose: 'start', identHash, network: sealing.lookup('ip', networkOf(ip)) } as const;
  const ended = work.spent.among(countersOf(undefined), now);
  const [held, alerts, ...had] = await Promise.all([
    spendProof(deps, binding, proof, now),
    work.alerts(),
    ...ended.map((counter) => store.findCounted(counter, now)),
  ]);
  // Whoever misses too often pays with the next code that they ask for.
  const around = [...missNeighbourhoods(brand.abuse, sealing.lookup, { ip, asn, clientId }), ...nearby];
  const level = Math.max(suspicion, alertLevel(alerts, around, seconds(now)));
  const counted = had.map((each) => oneMore(each, held));
  await requireWork(deps, binding, counted, level, held, now);
  return { counters: countersOf(held), open: { nearby, shown: { binding, held } } };
}

/**
 * Writes the flow of an admitted start, or says what stands in its way: a counter at its end, or one that more work takes
 * further. One wave: the neighbourhood counts beside it, also a start that is refused. That is one for a function and a window:
 * from then on `admitStart` finds the counter at its end and nothing is written, so a loop raises no alert (RL3).
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function beginAdmitted(
  deps: OpenFlowDeps,
  start: FlowStart,
  event: ItemEvent,
  { counters, open }: Admitted,
  now: number,
): Promise<FlowStarted> {
  const { brand, random, sealing, store, work } = deps;
  const making = { lifetimes: brand.lifetimes, random, now, ...sealing };
  const proven = open?.shown.held !== undefined;
  const flow = newFlow(making, { ...start, proven, remembered: open === undefined });
  const [limited] = await Promise.all([
    store.startFlow(flow, event, counters),
    store.countNearby(open?.nearby ?? [], now, random, proven),
  ]);
  if (!limited) return { flow: flow.id, next: 'verify', expires_in: codeLifetime(start.purpose, brand.lifetimes) };
  work.spent.note(limited, now);
  if (open) await requireWork(deps, open.shown.binding, [limited.counted], 0, open.shown.held, now);
  throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(limited, now) });
}

/**
 * Begins a flow that anybody may begin, and that mails a code: one wave, whoever owns the address, beside that of
 * `admitStart`. A browser that the owner of the address has signed in at is asked for no work, and has a counter of its
 * own (RL7).
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function beginOpenFlow(
  deps: OpenFlowDeps,
  start: FlowStart,
  event: ItemEvent,
  caller: OpenCaller,
  now: number,
  extras: OpenFlowExtras = {},
): Promise<FlowStarted> {
  return beginAdmitted(deps, start, event, await admitStart(deps, start, caller, now, extras), now);
}
