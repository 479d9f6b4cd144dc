import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { factorItemKey } from '../shared/domain/factors.ts';
import { flowItemKey, type TextedSecrets } from '../shared/domain/flow.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { type GuessOrigin, type JudgeDeps, judgeGuess } from '../shared/domain/judge-guess.ts';
import { networkOf } from '../shared/domain/network.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { checkRecentAtLevel } from '../shared/domain/recent-sign-in.ts';
import { check } from '../shared/domain/refusal.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { addPhone } from '../shared/store/phone-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type PhoneView, phoneView } from './phone-view.ts';

export interface ConfirmPhoneDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly seal: typeof seal;
  readonly store: JudgeDeps['store'] &
    Bound<{
      readonly countTry: typeof countTry;
      readonly countUp: typeof countUp;
      readonly findCredentials: typeof findCredentials;
      readonly addPhone: typeof addPhone;
    }>;
}

/**
 * Makes a number count by the code that was texted to it: the try is counted, then judged; the flow is bound to the
 * person who began it (EM5), and who proves a number first has it (EM4).
 * @throws Refusal `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `recent_authentication_required`,
 * `identifier_taken`, `unavailable`
 */
export async function confirmPhone(
  deps: ConfirmPhoneDeps,
  own: OwnAccount,
  id: FlowId,
  given: { readonly code: string; readonly endsOthers: boolean; readonly from: GuessOrigin },
  now: number,
): Promise<PhoneView> {
  const { brand, random, sealing, seal, store } = deps;
  const { user, personal, key, by } = own;
  const network = sealing.lookup('ip', networkOf(given.from.ip));
  const [attempt, tries, { password, enrolled }] = await Promise.all([
    store.countTry(id, { purpose: 'phone', at: by.at }, now, brand.limits.triesPerCode),
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
    store.findCredentials(user.identHash),
  ]);
  checkLimits([tries]);
  checkRecentAtLevel(brand, own, { password, enrolled }, now);
  check(attempt.state !== 'open' || attempt.flow.userId === user.id, 'flow_expired');
  const flow = await judgeGuess(deps, attempt, given.code, given.from, now);
  const { phone: number } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as TextedSecrets;

  const changed = { ...personal, phone: { number, verifiedAt: now } };
  const factor = {
    sealed: seal(key, { number }, factorItemKey(user.id, 'phone')),
    replaces: personal.phone && sealing.lookup('phone', personal.phone.number),
  };
  const event = newEvent('factor.added', { sub: user.id, factor: 'sms' }, now, random);
  const along = { set: { sealed: seal(key, changed, userItemKey(user.id)) }, version: user.version };
  const outcome = await store.addPhone(flow, factor, { user, by, event, endsOthers: given.endsOthers, along }, now);
  check(outcome !== 'taken', 'identifier_taken');
  check(outcome === 'added', 'flow_expired');
  return phoneView(changed, user.codeChannel);
}
