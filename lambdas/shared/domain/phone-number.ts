import type { CountryCode } from 'libphonenumber-js/mobile';
import type { SmsPolicy } from './sms-policy.ts';
import { senderFor } from './sms-policy.ts';

/** A mobile number in E.164: what is hashed, compared and texted. */
export type PhoneNumber = string & { readonly brand: 'PhoneNumber' };

export interface ParsedNumber {
  readonly number: PhoneNumber;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** E.164 has fifteen digits at most; the rest is how people write them. */
const maxLength = 32;
/** Plus sign, digits of any script, and what people put between them. */
const spelling = /^[+\uff0b]?[\p{Nd}\s().\-/\u2010-\u2015]+$/u;

/** Whether somebody means a phone number: with its country, or digits and nothing else that an address could be. */
export function looksLikeNumber(raw: string): boolean {
  const text = raw.trim();
  return text.length <= maxLength && spelling.test(text) && /\p{Nd}{4}/u.test(text.replace(/[^\p{Nd}]/gu, ''));
}

/** `+34 612 34 56 78` -> `+34 •••• 78`: enough to recognise an own number, too little to learn another's. */
export function maskedNumber(number: string): string {
  return `${number.slice(0, 3)} •••• ${number.slice(-2)}`;
}

/**
 * The range that a number is out of: ten thousand numbers, as carriers rent them out. Who earns on texts owns ranges; a
 * longer beginning is a whole city in some countries, and all its customers would wait with the attacker.
 */
export function rangeOf(number: PhoneNumber): string {
  return number.slice(0, -4);
}

/**
 * Reads a mobile number of a country that the policy allows. `undefined` for everything else: premium and shared-cost
 * numbers, fixed lines and satellites are no mobile numbers, and of other countries none is taken.
 *
 * A number is written with its country; without it, only where the brand texts to a single one. The metadata weighs
 * 100 KB, hence it loads when the first number comes by.
 */
export async function parseNumber(raw: string, policy: SmsPolicy | undefined): Promise<ParsedNumber | undefined> {
  if (!policy || !looksLikeNumber(raw)) return undefined;
  const { default: parse } = await import('libphonenumber-js/mobile');
  const countries = Object.keys(policy.countries);
  const only = countries.length === 1 ? countries[0] : undefined;
  const parsed = parse(raw.normalize('NFKC').trim(), {
    ...(only && { defaultCountry: only as CountryCode }),
    extract: false,
  });
  if (!parsed?.country || !parsed.isValid() || parsed.ext !== undefined) return undefined;
  if (!senderFor(policy, parsed.country)) return undefined;
  return { number: parsed.number as string as PhoneNumber, country: parsed.country };
}
