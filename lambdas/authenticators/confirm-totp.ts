import type { Method } from '../shared/domain/assurance.ts';
import { flowOfTry, wrongCode } from '../shared/domain/code-flow.ts';
import { newEvent } from '../shared/domain/event.ts';
import { factorItemKey } from '../shared/domain/factors.ts';
import { type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import type { FlowId } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check } from '../shared/domain/refusal.ts';
import { totpStep } from '../shared/domain/totp.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { addTotp, Elevation } from '../shared/store/change-factors.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type OwnFactorsDeps, ownFactors } from './own-factors.ts';

export interface ConfirmTotpDeps extends Omit<OwnFactorsDeps, 'store'> {
  readonly sealing: SealingRing;
  readonly seal: typeof seal;
  readonly store: OwnFactorsDeps['store'] &
    Bound<{ readonly countTry: typeof countTry; readonly addTotp: typeof addTotp }>;
}

/**
 * Makes an authenticator app count by its first code: the try is counted, then judged; the person is told by mail (MFA3,
 * MFA4).
 * @param elevate what the session of the person becomes by the proof
 * @throws Refusal `code_spent`, `flow_expired`, `code_invalid`, `recent_authentication_required`, `unavailable`
 */
export async function confirmTotp(
  deps: ConfirmTotpDeps,
  own: OwnAccount,
  id: FlowId,
  given: { readonly code: string; readonly endsOthers: boolean },
  elevate: (method: Method) => Elevation,
  now: number,
): Promise<Elevation> {
  const { brand, random, sealing, seal, store } = deps;
  const { user, key, by } = own;
  const [attempt] = await Promise.all([
    store.countTry(id, { purpose: 'totp', at: by.at }, now, brand.limits.triesPerCode),
    ownFactors(deps, own, now),
  ]);
  const flow = flowOfTry(attempt);
  check(flow.userId === user.id, 'flow_expired');
  const secrets = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets & { readonly secret: string };
  const { secret } = secrets;
  const lastStep = totpStep(secret, given.code, now);
  if (lastStep === undefined) throw wrongCode();

  const factor = { sealed: seal(key, { secret }, factorItemKey(user.id, 'totp')), lastStep };
  const event = newEvent('factor.added', { sub: user.id, factor: 'totp' }, now, random);
  const elevation = elevate('totp');
  const change = { user, by, event, endsOthers: given.endsOthers, elevation };
  check(await store.addTotp(flow, factor, change, now), 'flow_expired');
  return elevation;
}
