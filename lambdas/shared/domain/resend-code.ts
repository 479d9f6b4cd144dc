import type { Bound } from '../store/bind.ts';
import type { findFlow, renewCode } from '../store/flow-store.ts';
import type { Counter } from '../store/rate-store.ts';
import { codeCounters, deviceCounters, type FlowDeps } from './begin-flow.ts';
import type { OpenCaller, OpenFlowDeps } from './begin-open-flow.ts';
import { codeLifetime, domainOf, type FlowStart, type FlowStarted, newCodeNonce } from './code-flow.ts';
import { newEvent } from './event.ts';
import { type FlowKind, flowItemKey } from './flow.ts';
import type { FlowId } from './id.ts';
import { startNeighbourhoods } from './neighbourhoods.ts';
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
  readonly store: Bound<{ readonly findFlow: typeof findFlow; readonly renewCode: typeof renewCode }> &
    Pick<OpenFlowDeps['store'], 'countNearby'>;
}

/** Which journey wants another code, and who asks. */
export interface Resending extends FlowKind {
  readonly purpose: keyof typeof events;
  readonly caller: Pick<OpenCaller, 'ip' | 'remembered'>;
  /** Counters that this journey moves beside those of every code. */
  readonly also?: readonly Counter[];
}

/**
 * Sends a new code in a journey; the one before, and a link beside it, die with the same write (VC6). Three waves.
 * It counts as a start does, for its neighbourhood too: else one start would be worth six mails (RL3). That comes after the
 * code, and not beside it: whoever is refused would raise the alert of a whole brand by one flow and a loop. It has what is
 * free, and is asked for no work: whoever needs more begins anew. A remembered browser counts for itself (RL7), in two waves.
 * @returns nothing where no such flow is open: then no code of it is good either
 * @throws Refusal `flow_expired` where it has had its codes; `too_many_requests`, `unavailable`
 */
export async function resendCode(
  deps: ResendDeps,
  id: FlowId,
  { purpose, at, caller, also = [] }: Resending,
  now: number,
): Promise<FlowStarted | undefined> {
  const { brand, random, sealing, store } = deps;
  const flow = await store.findFlow(id, { purpose, at }, now);
  if (!flow) return undefined;

  const code = {
    codeNonce: newCodeNonce(random),
    expiresAt: Math.min(seconds(now) + codeLifetime(purpose, brand.lifetimes), flow.endsAt),
    event: newEvent(events[purpose], { client: flow.clientId, locale: flow.locale }, now, random),
    maxResends,
  };
  const { identHash } = flow;
  const { ip } = caller;
  const device = caller.remembered?.(identHash);
  const secrets = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowStart['secrets'];
  const counters = device ? deviceCounters(deps, identHash, device.nonce) : codeCounters(deps, secrets, ip);
  const nearby = device
    ? []
    : await startNeighbourhoods(brand.abuse, sealing.lookup, { ip, domain: domainOf(secrets) });
  const outcome = await store.renewCode(flow, code, [...counters, ...also], now);
  if (outcome === 'gone') throw new Refusal('flow_expired');
  if (outcome !== 'renewed') {
    throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(outcome, now) });
  }
  await store.countNearby(nearby, now, random);
  return { flow: flow.id, next: 'verify', expires_in: code.expiresAt - seconds(now) };
}
