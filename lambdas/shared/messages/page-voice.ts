import type { Locale } from '../domain/brand.ts';
import type { Wording } from './brand-texts.ts';
import { formatMessage } from './format-message.ts';
import type { MessageValues, Say } from './message.ts';
import { pageTexts } from './page-texts.ts';
import type { en } from './pages/en.ts';

/** Says the sentences of hosted pages in a locale, in the words of a brand. */
export async function pageVoice(brand: Wording, locale: Locale): Promise<Say<typeof en>> {
  const messages = await pageTexts(brand, locale);
  return (id, ...values: readonly MessageValues[]) => {
    const [filling] = values;
    return filling ? formatMessage(locale, messages[id], filling) : messages[id];
  };
}
