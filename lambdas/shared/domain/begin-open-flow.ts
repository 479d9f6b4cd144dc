import type { countNearby } from '../store/alert-store.ts';
import type { Bound } from '../store/bind.ts';
import type { spendOnce } from '../store/jti-store.ts';
import type { Counter } from '../store/rate-store.ts';
import { alertLevel } from './alert.ts';
import { type Caller, codeCounters, type FlowDeps } from './begin-flow.ts';
import { codeLifetime, type FlowStart, type FlowStarted, newFlow } from './code-flow.ts';
import type { ItemEvent } from './event.ts';
import { startNeighbourhoods } from './neighbourhoods.ts';
import { networkOf } from './network.ts';
import { Refusal } from './refusal.ts';
import { requireWork, spendProof, type WorkDeps } from './require-work.ts';
import { seconds } from './time.ts';

export interface OpenFlowDeps extends FlowDeps {
  readonly work: WorkDeps;
  readonly store: FlowDeps['store'] &
    Bound<{ readonly spendOnce: typeof spendOnce; readonly countNearby: typeof countNearby }>;
}

/** Anybody: nothing is known of who asks but where from, and what they show. */
export interface OpenCaller extends Caller {
  /** Of work, where it was asked for. */
  readonly proof?: string | undefined;
}

export interface OpenFlowExtras {
  /** Level of work that the request itself asks for. */
  readonly suspicion?: number;
  /** Counters that this journey moves beside those of every code. */
  readonly also?: readonly Counter[];
}

/** Of the work that one network shows for what goes beyond its free starts. */
const beyondFree = 2;

/**
 * Begins a flow that anybody may begin, and that mails a code: one wave, whoever owns the address, and one before it where
 * a proof came or alerts are looked for again. Work is asked for where the request comes from an alerted neighbourhood, is
 * suspicious itself, or goes beyond what one network has free.
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function beginOpenFlow(
  deps: OpenFlowDeps,
  start: FlowStart,
  event: ItemEvent,
  { ip, proof }: OpenCaller,
  now: number,
  { suspicion = 0, also = [] }: OpenFlowExtras = {},
): Promise<FlowStarted> {
  const { brand, random, sealing, store, work } = deps;
  const flow = newFlow({ lifetimes: brand.lifetimes, random, now, ...sealing }, start);
  const { identHash } = flow;
  const binding = { purpose: 'start', identHash, network: sealing.lookup('ip', networkOf(ip)) } as const;
  const { email } = { email: undefined, ...start.secrets };
  const domain = email?.slice(email.lastIndexOf('@') + 1);
  const nearby = startNeighbourhoods(brand.abuse, sealing.lookup, { ip, domain });

  const [held, alerts] = await Promise.all([spendProof(deps, binding, proof, now), work.alerts()]);
  const level = Math.max(suspicion, alertLevel(alerts, nearby, seconds(now)));
  await requireWork(deps, binding, [], level, held, now);

  const counters = [...codeCounters(deps, identHash, ip, held === undefined), ...also];
  const [limited] = await Promise.all([store.startFlow(flow, event, counters), store.countNearby(nearby, now, random)]);
  if (!limited) return { flow: flow.id, next: 'verify', expires_in: codeLifetime(start.purpose, brand.lifetimes) };
  const workHelps = limited.scope === 'ip-starts' && limited.limit.max < brand.limits.startsPerIp.max;
  if (workHelps) await requireWork(deps, binding, [], beyondFree, undefined, now);
  throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(limited, now) });
}
