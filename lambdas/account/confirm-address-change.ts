import type { Brand } from '../shared/domain/brand.ts';
import { countGuess, type GuessDeps } from '../shared/domain/count-guess.ts';
import { newEvent } from '../shared/domain/event.ts';
import { type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { type GuessOrigin, type JudgeDeps, judgeGuess } from '../shared/domain/judge-guess.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { changeAddress } from '../shared/store/change-address.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type AccountView, accountView } from './account-view.ts';

export interface ConfirmDeps {
  readonly sealing: SealingRing;
  readonly brand: Brand;
  readonly random: Random;
  readonly seal: typeof seal;
  readonly store: GuessDeps['store'] &
    JudgeDeps['store'] &
    Bound<{
      readonly findCredentials: typeof findCredentials;
      readonly changeAddress: typeof changeAddress;
    }>;
}

/**
 * Moves the account to the address whose code was mailed. The flow is bound to the person who began it (EM5); who takes
 * an address first has it (EM4); a flow for an address that got an owner meanwhile is dead (EM3).
 * @throws Refusal `token_invalid`, `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `identifier_taken`, `unavailable`
 */
export async function confirmAddressChange(
  deps: ConfirmDeps,
  own: OwnAccount,
  id: FlowId,
  code: string,
  from: GuessOrigin,
  now: number,
): Promise<AccountView> {
  const { random, sealing, store } = deps;
  const { user, personal, key, by } = own;
  const [{ attempt }, credentials] = await Promise.all([
    countGuess(deps, id, { purpose: 'email-change', at: by.at }, from.ip, now),
    store.findCredentials(user.identHash),
  ]);
  check(attempt.state !== 'open' || attempt.flow.userId === user.id, 'flow_expired');
  const flow = await judgeGuess(deps, attempt, code, from, now);
  const { email } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets;
  check(flow.identHash !== user.identHash, 'identifier_taken');

  const phone = personal.phone && sealing.lookup('phone', personal.phone.number);
  const changed = { ...personal, email };
  const sealed = deps.seal(key, changed, userItemKey(user.id));
  const event = newEvent('email.changed', { sub: user.id }, now, random);
  const outcome = await store.changeAddress(flow, { user, credentials, phone, sealed, by, event }, now);
  if (outcome === 'gone') throw new Refusal('flow_expired');
  if (outcome === 'address_taken') throw new Refusal('identifier_taken');
  return accountView({ ...user, updatedAt: now }, changed);
}
