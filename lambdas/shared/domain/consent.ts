import { createHash } from 'node:crypto';
import type { Locale, LocalisedText, Purpose } from './brand.ts';

/** Evidence of one decision: who and when are in its key and `at` (GDPR 7(1); GD1). Append-only. */
export interface Consent {
  readonly purpose: string;
  readonly version: string;
  readonly granted: boolean;
  /** SHA-256 of the text shown, base64url. */
  readonly textHash: string;
  readonly locale: Locale;
  /** Through what the text was shown and the answer given. */
  readonly channel: 'registration' | 'sign-in' | 'account';
  readonly clientId: string;
  /** Milliseconds. */
  readonly at: number;
}

/** The purpose's text in the locale, or in the brand's default. */
export function purposeText(text: LocalisedText, locale: Locale, fallback: Locale): string {
  return text[locale] ?? text[fallback] ?? '';
}

/** SHA-256 of a text shown, base64url: evidence of its wording. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Whether the person agrees to every required purpose in the version in force (GD7). */
export function requiredPurposesHold(purposes: readonly Purpose[], consents: readonly Consent[]): boolean {
  return purposes.every(
    ({ id, version, required }) =>
      !required || consents.some((each) => each.purpose === id && each.version === version && each.granted),
  );
}

export interface Decision {
  readonly purpose: Purpose;
  readonly granted: boolean;
  readonly locale: Locale;
  readonly defaultLocale: Locale;
  readonly channel: Consent['channel'];
  readonly clientId: string;
  readonly at: number;
}

/** Turns a decision into its evidence. */
export function evidence(decision: Decision): Consent {
  const { purpose, granted, locale, defaultLocale, channel, clientId, at } = decision;
  const hash = textHash(purposeText(purpose.text, locale, defaultLocale));
  return { purpose: purpose.id, version: purpose.version, granted, textHash: hash, locale, channel, clientId, at };
}
