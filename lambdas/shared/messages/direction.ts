import type { Locale } from '../domain/brand.ts';

const rightToLeft: ReadonlySet<Locale> = new Set(['ar']);

/** Writing direction of a locale, as HTML's `dir`. */
export function direction(locale: Locale): 'ltr' | 'rtl' {
  return rightToLeft.has(locale) ? 'rtl' : 'ltr';
}
