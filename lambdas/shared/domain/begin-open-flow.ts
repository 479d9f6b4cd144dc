import type { countNearby } from '../store/alert-store.ts';
import type { Bound } from '../store/bind.ts';
import type { spendOnce } from '../store/jti-store.ts';
import type { Counter, StartCounter } from '../store/rate-store.ts';
import { alertLevel, type Neighbourhood } from './alert.ts';
import { type Caller, codeCounters, type FlowDeps } from './begin-flow.ts';
import { codeLifetime, type FlowStart, type FlowStarted, identHashOf, newFlow } from './code-flow.ts';
import type { ItemEvent } from './event.ts';
import { missNeighbourhoods, startNeighbourhoods } from './neighbourhoods.ts';
import { networkOf } from './network.ts';
import type { ProofBinding, WorkProof } from './proof.ts';
import { Refusal } from './refusal.ts';
import { requireWork, spendProof, type WorkDeps } from './require-work.ts';
import type { RememberedDevice } from './sign-in-caller.ts';
import { freeOf } from './throttle.ts';
import { seconds } from './time.ts';

export interface OpenFlowDeps extends FlowDeps {
  readonly work: WorkDeps;
  readonly store: FlowDeps['store'] &
    Bound<{ readonly spendOnce: typeof spendOnce; readonly countNearby: typeof countNearby }>;
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

/** The one counter of a browser that is remembered: what strangers ask for elsewhere does not hold it up (RL7). */
function deviceCounters({ brand }: OpenFlowDeps, identHash: string, { nonce }: RememberedDevice) {
  const hash = `${identHash}.${nonce}`;
  return [{ scope: 'codes-device', hash, limit: freeOf(brand.limits.codesPerAddress) }] as const;
}

/**
 * Begins a flow that anybody may begin, and that mails a code: one wave, whoever owns the address, and one before it where
 * a proof came or alerts are looked for again. Work is asked for where the request comes from an alerted neighbourhood, is
 * suspicious itself, or goes beyond what one network or one address has free. A browser that the owner of the address has
 * signed in at is asked for none, and has a counter of its own (RL7).
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
  const { sealing } = deps;
  const identHash = identHashOf(sealing.lookup, start.secrets);
  const device = caller.remembered?.(identHash);
  const { also = [] } = extras;
  if (device) {
    const counters = [...deviceCounters(deps, identHash, device), ...also];
    return startOrRefuse(deps, { ...start, remembered: true }, event, { counters }, now);
  }

  const { ip, asn } = caller;
  const { abuse } = deps.brand;
  const { email } = { email: undefined, ...start.secrets };
  const domain = email?.slice(email.lastIndexOf('@') + 1);
  const nearby = startNeighbourhoods(abuse, sealing.lookup, { ip, domain });
  // Whoever misses too often pays with the next code that they ask for.
  const around = [...missNeighbourhoods(abuse, sealing.lookup, { ip, asn, clientId: start.clientId }), ...nearby];
  const shown = extras.shown ?? (await showWork(deps, identHash, caller, around, extras.suspicion ?? 0, now));
  const counters = [...codeCounters(deps, identHash, ip, shown.held), ...also];
  return startOrRefuse(deps, start, event, { counters, nearby, shown }, now);
}

/** Takes the proof that came, and asks for work where the request or its neighbourhood calls for it. */
async function showWork(
  deps: OpenFlowDeps,
  identHash: string,
  { ip, proof }: OpenCaller,
  around: readonly Neighbourhood[],
  suspicion: number,
  now: number,
): Promise<WorkShown> {
  const binding = { purpose: 'start', identHash, network: deps.sealing.lookup('ip', networkOf(ip)) } as const;
  const [held, alerts] = await Promise.all([spendProof(deps, binding, proof, now), deps.work.alerts()]);
  const level = Math.max(suspicion, alertLevel(alerts, around, seconds(now)));
  await requireWork(deps, binding, [], level, held, now);
  return { binding, held };
}

/** What a start moves beside its flow. */
interface Moved {
  readonly counters: readonly StartCounter[];
  readonly nearby?: readonly Neighbourhood[];
  readonly shown?: WorkShown;
}

/** Writes the flow, or says what stands in its way: a counter at its end, or one that more work takes further. */
async function startOrRefuse(
  deps: OpenFlowDeps,
  start: FlowStart,
  event: ItemEvent,
  { counters, nearby = [], shown }: Moved,
  now: number,
): Promise<FlowStarted> {
  const { brand, random, sealing, store } = deps;
  const flow = newFlow({ lifetimes: brand.lifetimes, random, now, ...sealing }, start);
  const [limited] = await Promise.all([store.startFlow(flow, event, counters), store.countNearby(nearby, now, random)]);
  if (!limited) return { flow: flow.id, next: 'verify', expires_in: codeLifetime(start.purpose, brand.lifetimes) };
  if (shown) await requireWork(deps, shown.binding, [limited.counted], 0, shown.held, now);
  throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(limited, now) });
}
