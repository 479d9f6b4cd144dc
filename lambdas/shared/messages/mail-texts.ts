import type { Locale } from '../domain/brand.ts';
import { inWordsOf, type Wording } from './brand-texts.ts';
import { direction } from './direction.ts';
import { formatMessage } from './format-message.ts';
import type { en } from './mails/en.ts';
import type { MessageValues, Say, Translation } from './message.ts';

type MailMessages = typeof en;

/** The words of one language, ready to be said. */
export interface MailTexts {
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  readonly say: Say<MailMessages>;
}

/** One chunk per locale: the mailer loads the languages that it writes in. */
const catalogues: Readonly<Record<Locale, () => Promise<Translation<MailMessages>>>> = {
  en: async () => (await import('./mails/en.ts')).en,
  de: async () => (await import('./mails/de.ts')).de,
  fr: async () => (await import('./mails/fr.ts')).fr,
  es: async () => (await import('./mails/es.ts')).es,
  it: async () => (await import('./mails/it.ts')).it,
  'pt-BR': async () => (await import('./mails/pt-br.ts')).ptBr,
  ja: async () => (await import('./mails/ja.ts')).ja,
  ar: async () => (await import('./mails/ar.ts')).ar,
};

/** Loads the sentences of mails in a locale, in the words of a brand. */
export async function mailTexts(brand: Wording, locale: Locale): Promise<MailTexts> {
  const messages = inWordsOf(brand, locale, 'mails', await catalogues[locale]());
  return {
    locale,
    direction: direction(locale),
    say: (id, ...[values]) => formatMessage(locale, messages[id], (values ?? {}) as MessageValues),
  };
}
