import type { Brand } from '../shared/domain/brand.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { offersPasskeys, type RelyingParty } from '../shared/domain/passkey.ts';
import { checkRecentAtLevel } from '../shared/domain/recent-sign-in.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface OwnPasskeysDeps {
  readonly brand: Brand;
  readonly rp: RelyingParty;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly store: Bound<{ readonly findCredentials: typeof findCredentials }>;
}

/** What a person signs in with, as a change of it reads it. */
export interface OwnCredentials {
  readonly hasPassword: boolean;
  readonly enrolled: FactorSummary;
}

/**
 * What the person has, for a change of it: on a recent sign-in at the highest level of the account alone (MFA4).
 * @throws Refusal `not_found` where the brand has no passkeys; `recent_authentication_required`, `unavailable`
 */
export async function ownCredentials(deps: OwnPasskeysDeps, own: OwnAccount, now: number): Promise<OwnCredentials> {
  check(offersPasskeys(deps.brand), 'not_found');
  const { password, enrolled } = await deps.store.findCredentials(own.user.identHash);
  checkRecentAtLevel(deps.brand, own, { password, enrolled }, now);
  return { hasPassword: password !== undefined, enrolled: enrolled ?? { userId: own.user.id } };
}

/** @throws Refusal `passkey_limit` */
export function checkRoom({ brand }: Pick<OwnPasskeysDeps, 'brand'>, { passkeys = 0 }: FactorSummary): void {
  const { max } = brand.authentication.passkeys;
  check(passkeys < max, 'passkey_limit', { params: { max } });
}

/** The challenge of an enrolment: good in the session that asked for it. */
export const enrolmentChallenge = ({ by }: OwnAccount) => ({ ceremony: 'enrolment', of: by.session }) as const;
