import { secondFactorCounters } from '../shared/domain/begin-flow.ts';
import type { Brand } from '../shared/domain/brand.ts';
import { type FlowStarted, newCodeNonce } from '../shared/domain/code-flow.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { SecondFactor } from '../shared/domain/factors.ts';
import type { Front } from '../shared/domain/flow.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { textCounters } from '../shared/domain/text-counters.ts';
import { seconds } from '../shared/domain/time.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findFlow, renewCode } from '../shared/store/flow-store.ts';
import type { untilWindowEnds } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { factorKinds } from './factor-kinds.ts';
import { openPending } from './prove-second-factor.ts';

export interface SendDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly untilWindowEnds: typeof untilWindowEnds;
  readonly store: Bound<{ readonly findFlow: typeof findFlow; readonly renewCode: typeof renewCode }>;
}

/** Codes of one pending sign-in after the first. */
const maxResends = 4;

/**
 * Sends a code for a factor that needs one; a code that was sent before is dead, and the tries of the sign-in go on. Two
 * waves.
 * @throws Refusal `flow_expired`, `factor_unknown`, `too_many_requests`, `unavailable`
 */
export async function sendCode(
  deps: SendDeps,
  id: FlowId,
  asked: { readonly at: Front; readonly factor: SecondFactor },
  ip: string,
  now: number,
): Promise<FlowStarted> {
  const { brand, random, sealing, store } = deps;
  const flow = await store.findFlow(id, { purpose: 'second-factor', at: asked.at }, now);
  if (!flow) throw new Refusal('flow_expired');
  const { user: sub, secrets } = openPending(sealing, flow);
  const { factor } = asked;
  if (!factorKinds[factor]?.sends || !secrets.factors.includes(factor)) throw new Refusal('factor_unknown');

  const expiresAt = Math.min(flow.endsAt, seconds(now) + brand.lifetimes.code);
  const event = newEvent('second_factor.code_requested', { sub, client: flow.clientId, factor }, now, random);
  // Else a code by text beside an app would buy the app's code as many tries again (RL4).
  const triesLeftOf = brand.limits.triesPerCode;
  const code = { codeNonce: newCodeNonce(random), expiresAt, event, maxResends, triesLeftOf };
  const { sms } = brand.authentication;
  const ofTexts = factor === 'sms' && sms ? textCounters(sms, sealing, ip) : [];
  const counters = [...secondFactorCounters(deps, { userId: sub, remembered: flow.remembered }, ip), ...ofTexts];
  const renewed = await store.renewCode(flow, code, counters, now);
  if (renewed === 'gone') throw new Refusal('flow_expired');
  if (renewed !== 'renewed') {
    throw new Refusal('too_many_requests', { retryAfter: deps.untilWindowEnds(renewed, now) });
  }
  return { flow: flow.id, next: 'verify', expires_in: expiresAt - seconds(now) };
}
