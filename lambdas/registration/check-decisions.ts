import type { Brand } from '../shared/domain/brand.ts';
import { type Consent, type Decision, evidence } from '../shared/domain/consent.ts';
import { check } from '../shared/domain/refusal.ts';

/** A decision as the form sends it. */
export interface AskedDecision {
  readonly purpose: string;
  readonly granted: boolean;
  /** The version that was shown, where the form tells it. */
  readonly version?: string | undefined;
}

/**
 * Holds the decisions of a sign-up form to the brand's purposes: known, answered once, of the version in force, and none
 * that the account depends on refused; returns their evidence (GD1, GD2).
 * @param shown how and when they were shown
 * @throws Refusal `purpose_unknown`, `field_invalid`, `purpose_version_stale`, `purpose_required`
 */
export function checkDecisions(
  brand: Brand,
  asked: readonly AskedDecision[],
  shown: Pick<Decision, 'locale' | 'clientId' | 'at'>,
): readonly Consent[] {
  const context = { ...shown, defaultLocale: brand.locales.default, channel: 'registration' } as const;
  return asked.map(({ purpose: id, granted, version }, at) => {
    const purpose = brand.purposes.find((each) => each.id === id);
    const field = `consents.${at}`;
    check(purpose !== undefined, 'purpose_unknown', { errors: [{ field: `${field}.purpose`, rule: 'not_allowed' }] });
    // Two answers would be two writes of one item, which no transaction takes.
    const once = asked.findIndex((other) => other.purpose === id) === at;
    check(once, 'field_invalid', { errors: [{ field: `${field}.purpose`, rule: 'not_allowed' }] });
    const current = version === undefined || version === purpose.version;
    check(current, 'purpose_version_stale', { errors: [{ field: `${field}.version`, rule: 'not_allowed' }] });
    const possible = granted || !purpose.required;
    check(possible, 'purpose_required', { errors: [{ field: `${field}.granted`, rule: 'purpose_required' }] });
    return evidence({ ...context, purpose, granted });
  });
}
