import type { FactorKind } from '../shared/domain/authentication-policy.ts';
import { newEvent } from '../shared/domain/event.ts';
import { enrolledFactors, type FactorSummary } from '../shared/domain/factors.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { isRemovable } from '../shared/domain/removable-factor.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { Removal, removeFactor } from '../shared/store/change-factors.ts';
import { type OwnFactorsDeps, ownFactors } from './own-factors.ts';

export interface RemoveDeps extends Omit<OwnFactorsDeps, 'store'> {
  readonly store: OwnFactorsDeps['store'] & Bound<{ readonly removeFactor: typeof removeFactor }>;
}

/** What the removal of a kind does to the summary. */
interface Removing {
  readonly type: FactorKind;
  readonly factor: Removal['factor'];
  readonly summary: Removal['summary'];
  readonly after: (enrolled: FactorSummary) => FactorSummary;
}

/** What an id names; whoever adds a kind adds its line. */
function removing(id: string, enrolled: FactorSummary): Removing | undefined {
  if (id !== 'totp' || !enrolled.totp) return undefined;
  return {
    type: 'totp',
    factor: 'totp',
    summary: { remove: ['totp'] },
    after: ({ totp: _, ...rest }) => rest,
  };
}

/**
 * Removes a factor, unless it is the last one that is needed (PK10). With the last one go the recovery codes, which stand
 * in for none. The person is told by mail (MFA4).
 * @throws Refusal `factor_unknown`, `factor_needed`, `recent_authentication_required`, `conflict_retry`, `unavailable`
 */
export async function removeAuthenticator(
  deps: RemoveDeps,
  own: OwnAccount,
  { id, endsOthers }: { readonly id: string; readonly endsOthers: boolean },
  now: number,
): Promise<void> {
  const { brand, random, store } = deps;
  const { hasPassword, enrolled } = await ownFactors(deps, own, now);
  const named = removing(id, enrolled);
  if (!named) throw new Refusal('factor_unknown');
  const after = named.after(enrolled);
  const policy = brand.authentication.secondFactor;
  check(isRemovable({ policy, hasPassword, enrolled }, after), 'factor_needed');

  const last = enrolledFactors(after).length === 0;
  const { remove = [], ...rest } = named.summary;
  const gone = last ? [...remove, 'recovery' as const] : remove;
  const summary = { ...rest, ...(gone.length > 0 && { remove: gone }), seen: enrolled };
  const event = newEvent('factor.removed', { sub: own.user.id, factor: named.type }, now, random);
  const change = { user: own.user, by: own.by, event, endsOthers };
  const removal = { factor: named.factor, summary, withRecoveryCodes: last };
  check(await store.removeFactor(removal, change, now), 'conflict_retry');
}
