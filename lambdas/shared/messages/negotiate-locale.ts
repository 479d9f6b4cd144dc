import type { Locale } from '../domain/brand.ts';

interface Offer {
  readonly default: Locale;
  readonly offered: readonly Locale[];
}

interface Wish {
  readonly requested?: string | readonly string[] | undefined;
  readonly acceptLanguage?: string | undefined;
}

/** RFC 5646 section 2.1 is more; a longer header or list is not worth reading. */
const maxHeader = 512;
const maxRanges = 16;
const languageRange = /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i;

/** RFC 4647 section 3.4: the range is cut from its end until it equals a tag; a lone letter or digit goes with its neighbour. */
function lookup(range: string, offered: readonly Locale[]): Locale | undefined {
  const parts = range.toLowerCase().split('-');
  while (parts.length > 0) {
    const candidate = parts.join('-');
    const exact = offered.find((locale) => locale.toLowerCase() === candidate);
    if (exact) return exact;
    parts.pop();
    if (parts.at(-1)?.length === 1) parts.pop();
  }
  // Beyond the RFC: `pt` or `pt-PT` reads pt-BR more easily than English.
  const language = range.toLowerCase().split('-')[0];
  return offered.find((locale) => locale.toLowerCase().split('-')[0] === language);
}

/** Language ranges of an `Accept-Language` header, best first (RFC 9110 section 12.5.4); malformed ones are left out. */
function acceptedRanges(header: string): readonly string[] {
  return header
    .slice(0, maxHeader)
    .split(',')
    .slice(0, maxRanges)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ range, quality }) => languageRange.test(range) && quality > 0 && quality <= 1)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

/**
 * The offered locale that is wished for: the requested tags in their order (a body's `locale`, `ui_locales`), then
 * `Accept-Language`, each by RFC 4647 lookup. `undefined` where the wish names none that is offered.
 */
export function wishedLocale(offered: readonly Locale[], wish: Wish): Locale | undefined {
  const requested = [wish.requested ?? []].flat().filter((tag) => tag.length <= 35 && languageRange.test(tag));
  for (const range of [...requested, ...acceptedRanges(wish.acceptLanguage ?? '')]) {
    const found = lookup(range, offered);
    if (found) return found;
  }
  return undefined;
}

/** Chooses the locale to answer in: the one wished for, else the default. */
export function negotiateLocale(locales: Offer, wish: Wish): Locale {
  return wishedLocale(locales.offered, wish) ?? locales.default;
}
