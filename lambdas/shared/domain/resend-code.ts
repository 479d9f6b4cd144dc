import type { Bound } from '../store/bind.ts';
import type { findFlow, renewCode } from '../store/flow-store.ts';
import type { Counter } from '../store/rate-store.ts';
import { codeCounters, type FlowDeps } from './begin-flow.ts';
import { codeLifetime, type FlowStarted, newCodeNonce } from './code-flow.ts';
import { newEvent } from './event.ts';
import type { FlowKind } from './flow.ts';
import type { FlowId } from './id.ts';
import { Refusal } from './refusal.ts';
import { seconds } from './time.ts';

/** New codes in one flow; whoever needs more starts again. */
const maxResends = 5;

/** The journeys in which a code may be asked for again, and the event of it. */
const events = {
  registration: 'registration.code_requested',
  'login-code': 'login_code.code_requested',
  recovery: 'recovery.code_requested',
} as const;

export interface ResendDeps extends Pick<FlowDeps, 'brand' | 'random' | 'sealing' | 'untilWindowEnds'> {
  readonly store: Bound<{ readonly findFlow: typeof findFlow; readonly renewCode: typeof renewCode }>;
}

/** Which journey wants another code, and from where. */
export interface Resending extends FlowKind {
  readonly purpose: keyof typeof events;
  readonly ip: string;
  /** Counters that this journey moves beside those of every code. */
  readonly also?: readonly Counter[];
}

/**
 * Sends a new code in a journey; the one before, and a link beside it, die with the same write (VC6). Two waves.
 * @returns nothing where no such flow is open: then no code of it is good either
 * @throws Refusal `flow_expired` where it has had its codes; `too_many_requests`, `unavailable`
 */
export async function resendCode(
  deps: ResendDeps,
  id: FlowId,
  { purpose, at, ip, also = [] }: Resending,
  now: number,
): Promise<FlowStarted | undefined> {
  const { brand, random, store } = deps;
  const flow = await store.findFlow(id, { purpose, at }, now);
  if (!flow) return undefined;

  const code = {
    codeNonce: newCodeNonce(random),
    expiresAt: Math.min(seconds(now) + codeLifetime(purpose, brand.lifetimes), flow.endsAt),
    event: newEvent(events[purpose], { client: flow.clientId, locale: flow.locale }, now, random),
    maxResends,
  };
  const outcome = await store.renewCode(flow, code, [...codeCounters(deps, flow.identHash, ip), ...also], now);
  if (outcome === 'gone') throw new Refusal('flow_expired');
  if (outcome !== 'renewed') {
    throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(outcome, now) });
  }
  return { flow: flow.id, next: 'verify', expires_in: code.expiresAt - seconds(now) };
}
