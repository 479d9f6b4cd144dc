import type { Brand, Locale, Purpose } from '../shared/domain/brand.ts';
import { type Consent, purposeText } from '../shared/domain/consent.ts';
import { iso } from '../shared/domain/time.ts';

/** A purpose as a person sees it: the text, and their last word on the version in force. */
export interface ConsentView {
  readonly purpose: string;
  readonly version: string;
  readonly text: string;
  readonly required: boolean;
  readonly granted: boolean;
  /** ISO 8601; absent where the version in force was never answered. */
  readonly at?: string;
}

/** An answer to an older version is no answer to this one (GD7). */
export function consentView(brand: Brand, purpose: Purpose, said: Consent | undefined, locale: Locale): ConsentView {
  const current = said?.version === purpose.version ? said : undefined;
  return {
    purpose: purpose.id,
    version: purpose.version,
    text: purposeText(purpose.text, locale, brand.locales.default),
    required: purpose.required,
    granted: current?.granted ?? false,
    ...(current && { at: iso(current.at) }),
  };
}
