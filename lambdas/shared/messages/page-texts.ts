import type { Locale } from '../domain/brand.ts';
import { inWordsOf, type Wording } from './brand-texts.ts';
import type { Translation } from './message.ts';
import type { en } from './pages/en.ts';

export type PageMessages = Translation<typeof en>;

/** One chunk per locale: a function loads the language that it answers in. */
const catalogues: Readonly<Record<Locale, () => Promise<PageMessages>>> = {
  en: async () => (await import('./pages/en.ts')).en,
  de: async () => (await import('./pages/de.ts')).de,
  fr: async () => (await import('./pages/fr.ts')).fr,
  es: async () => (await import('./pages/es.ts')).es,
  it: async () => (await import('./pages/it.ts')).it,
  'pt-BR': async () => (await import('./pages/pt-br.ts')).ptBr,
  ja: async () => (await import('./pages/ja.ts')).ja,
  ar: async () => (await import('./pages/ar.ts')).ar,
};

/** The sentences of hosted pages in a locale, in the words of a brand. */
export async function pageTexts(brand: Wording, locale: Locale): Promise<PageMessages> {
  return inWordsOf(brand, locale, 'pages', await catalogues[locale]());
}
