import { beginFlow, type FlowDeps } from '../shared/domain/begin-flow.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import type { ParsedNumber } from '../shared/domain/phone-number.ts';
import { checkRecentAtLevel } from '../shared/domain/recent-sign-in.ts';
import { check } from '../shared/domain/refusal.ts';
import { textCounters } from '../shared/domain/text-counters.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';

export interface StartPhoneDeps extends FlowDeps {
  readonly store: FlowDeps['store'] & Bound<{ readonly findCredentials: typeof findCredentials }>;
}

/**
 * Asks to prove a number, on a recent sign-in at the level of the account (MFA4). Whether somebody else has it is not
 * told before it is proven; the network that asks is counted first (RL3).
 * @throws Refusal `not_found` where the brand sends no texts; `recent_authentication_required`, `too_many_requests`,
 * `unavailable`
 */
export async function startPhone(
  deps: StartPhoneDeps,
  own: OwnAccount,
  phone: ParsedNumber,
  ip: string,
  now: number,
): Promise<FlowStarted> {
  const { brand, random, sealing, store } = deps;
  const { user, by, clientId } = own;
  const { sms } = brand.authentication;
  check(sms !== undefined, 'not_found');
  checkRecentAtLevel(brand, own, await store.findCredentials(user.identHash), now);
  const event = newEvent('phone.started', { sub: user.id }, now, random);
  const secrets = { phone: phone.number };
  const kind = { purpose: 'phone', at: by.at } as const;
  const start = { ...kind, clientId, locale: user.locale, userId: user.id, secrets };
  return beginFlow(deps, start, event, ip, now, textCounters(sms, sealing, ip));
}
