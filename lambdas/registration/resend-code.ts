import { codeCounters, type FlowDeps } from '../shared/domain/begin-flow.ts';
import { codeLifetime, type FlowStarted, newCodeNonce } from '../shared/domain/code-flow.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Front } from '../shared/domain/flow.ts';
import type { FlowId } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { seconds } from '../shared/domain/time.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findFlow, renewCode } from '../shared/store/flow-store.ts';

/** New codes in one flow; whoever needs more starts again. */
const maxResends = 5;

export interface ResendDeps extends Pick<FlowDeps, 'brand' | 'random' | 'sealing' | 'untilWindowEnds'> {
  readonly store: Bound<{ readonly findFlow: typeof findFlow; readonly renewCode: typeof renewCode }>;
}

/**
 * Mails a new code for a sign-up in progress; the old one dies with the same write (VC6).
 * @throws Refusal `flow_expired`, `too_many_requests`, `unavailable`
 */
export async function resendCode(
  deps: ResendDeps,
  id: FlowId,
  at: Front,
  ip: string,
  now: number,
): Promise<FlowStarted> {
  const { brand, random, store } = deps;
  const flow = await store.findFlow(id, { purpose: 'registration', at }, now);
  if (!flow) throw new Refusal('flow_expired');

  const lifetime = codeLifetime('registration', brand.lifetimes);
  const code = {
    codeNonce: newCodeNonce(random),
    expiresAt: Math.min(seconds(now) + lifetime, flow.endsAt),
    event: newEvent('registration.code_requested', { client: flow.clientId, locale: flow.locale }, now, random),
    maxResends,
  };
  const outcome = await store.renewCode(flow, code, codeCounters(deps, flow.identHash, ip), now);
  if (outcome === 'gone') throw new Refusal('flow_expired');
  if (outcome !== 'renewed') {
    throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(outcome, now) });
  }
  return { flow: flow.id, next: 'verify', expires_in: code.expiresAt - seconds(now) };
}
