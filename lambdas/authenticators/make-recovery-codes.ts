import { newEvent } from '../shared/domain/event.ts';
import { enrolledFactors } from '../shared/domain/factors.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { newRecoveryCodes, shownRecoveryCode, storedRecoveryCodes } from '../shared/domain/recovery-codes.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { putRecoveryCodes } from '../shared/store/change-factors.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type OwnFactorsDeps, ownFactors } from './own-factors.ts';

export interface RecoveryCodesDeps extends Omit<OwnFactorsDeps, 'store'> {
  readonly sealing: SealingRing;
  readonly store: OwnFactorsDeps['store'] & Bound<{ readonly putRecoveryCodes: typeof putRecoveryCodes }>;
}

/**
 * Makes a new set of recovery codes, shown this once; the old set is dead (MFA6). They stand in for a factor, so there
 * has to be one.
 * @throws Refusal `factor_unknown` without a factor; `recent_authentication_required`, `conflict_retry`, `unavailable`
 */
export async function makeRecoveryCodes(
  deps: RecoveryCodesDeps,
  own: OwnAccount,
  now: number,
): Promise<readonly string[]> {
  const { random, sealing, store } = deps;
  const { enrolled } = await ownFactors(deps, own, now);
  check(enrolledFactors(enrolled).length > 0, 'factor_unknown');
  const { user, by } = own;
  const codes = newRecoveryCodes(random);
  const event = newEvent('recovery_codes.made', { sub: user.id }, now, random);
  const stored = storedRecoveryCodes(sealing.mac, user.id, codes);
  check(await store.putRecoveryCodes(stored, { user, by, event, endsOthers: false }, now), 'conflict_retry');
  return codes.map(shownRecoveryCode);
}
