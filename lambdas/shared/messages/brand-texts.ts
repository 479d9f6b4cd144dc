import type { Locale } from '../domain/brand.ts';
import type { en as mails } from './mails/en.ts';
import type { Translation } from './message.ts';
import type { en as pages } from './pages/en.ts';
import type { en as problems } from './problems/en.ts';

/** The catalogues of messages: of hosted pages, of mails, of problems. */
interface Catalogues {
  readonly pages: Translation<typeof pages>;
  readonly mails: Translation<typeof mails>;
  readonly problems: Translation<typeof problems>;
}

/** Sentences that a brand says in its own words, by locale, catalogue and message id. */
export type BrandTexts = {
  readonly [L in Locale]?: { readonly [C in keyof Catalogues]?: Partial<Catalogues[C]> };
};

/** Whoever may have words of their own: a brand. */
export interface Wording {
  readonly texts?: BrandTexts;
}

/** A catalogue with the brand's own words in it; the very catalogue where it has none. */
export function inWordsOf<C extends keyof Catalogues>(
  { texts }: Wording,
  locale: Locale,
  catalogue: C,
  messages: Catalogues[C],
): Catalogues[C] {
  const own = texts?.[locale]?.[catalogue];
  return own ? { ...messages, ...own } : messages;
}
