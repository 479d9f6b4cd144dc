import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { enrolledFactors } from '../shared/domain/factors.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { checkRecentAtLevel } from '../shared/domain/recent-sign-in.ts';
import { check } from '../shared/domain/refusal.ts';
import { isRemovable } from '../shared/domain/removable-factor.ts';
import { userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { removePhone as storeRemoval } from '../shared/store/phone-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface RemovePhoneDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly seal: typeof seal;
  readonly store: Bound<{
    readonly findCredentials: typeof findCredentials;
    readonly removePhone: typeof storeRemoval;
  }>;
}

/**
 * Removes the number, as an identifier, as a factor and from the person's data, unless it is the last factor that is
 * needed (PK10). Codes go by mail again; the person is told by mail (MFA4), and the other sessions end if they say so
 * (SES4).
 * @throws Refusal `recent_authentication_required`, `factor_unknown`, `factor_needed`, `conflict_retry`, `unavailable`
 */
export async function removePhone(
  deps: RemovePhoneDeps,
  own: OwnAccount,
  { endsOthers }: { readonly endsOthers: boolean },
  now: number,
): Promise<void> {
  const { brand, random, sealing, seal, store } = deps;
  const { user, personal, key, by } = own;
  const { password, enrolled } = await store.findCredentials(user.identHash);
  checkRecentAtLevel(brand, own, { password, enrolled }, now);
  const { phone, ...rest } = personal;
  check(phone !== undefined && enrolled?.sms === true, 'factor_unknown');
  const { sms: _, ...after } = enrolled;
  const policy = brand.authentication.secondFactor;
  check(isRemovable({ policy, hasPassword: password !== undefined, enrolled }, after), 'factor_needed');

  const removal = { seen: enrolled, withRecoveryCodes: enrolledFactors(after).length === 0 };
  const event = newEvent('factor.removed', { sub: user.id, factor: 'sms' }, now, random);
  const sealed = seal(key, rest, userItemKey(user.id));
  const along = { set: { sealed }, version: user.version, remove: ['codeChannel'] } as const;
  const change = { user, by, event, endsOthers, along };
  check(await store.removePhone(sealing.lookup('phone', phone.number), removal, change, now), 'conflict_retry');
}
