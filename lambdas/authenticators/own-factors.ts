import type { Brand } from '../shared/domain/brand.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { checkRecentAtLevel } from '../shared/domain/recent-sign-in.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';

export interface OwnFactorsDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{ readonly findCredentials: typeof findCredentials }>;
}

/** What a person signs in with, as a change of it reads it. */
export interface OwnFactors {
  readonly hasPassword: boolean;
  readonly enrolled: FactorSummary;
}

/**
 * What the person has, for a change of it: on a recent sign-in at the highest level of the account alone (MFA4).
 * @throws Refusal `recent_authentication_required`, `unavailable`
 */
export async function ownFactors(deps: OwnFactorsDeps, own: OwnAccount, now: number): Promise<OwnFactors> {
  const { password, enrolled } = await deps.store.findCredentials(own.user.identHash);
  checkRecentAtLevel(deps.brand, own, { password, enrolled }, now);
  return { hasPassword: password !== undefined, enrolled: enrolled ?? { userId: own.user.id } };
}
