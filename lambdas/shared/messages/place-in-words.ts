import type { Locale } from '../domain/brand.ts';
import type { Place } from '../domain/place.ts';

const between: { readonly [L in Locale]?: string } = { ja: '、', ar: '، ' };

/** `Lyon, France`, as a reader of the language says it; empty where nothing is known. The city keeps the edge’s name. */
export function placeInWords({ country, city }: Place, locale: Locale): string {
  const land = country && new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(country);
  return [city, land].filter(Boolean).join(between[locale] ?? ', ');
}
