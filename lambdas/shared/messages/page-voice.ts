import type { Locale } from '../domain/brand.ts';
import { formatMessage } from './format-message.ts';
import type { MessageValues, Say } from './message.ts';
import { pageTexts } from './page-texts.ts';
import type { en } from './pages/en.ts';

/** Says the sentences of hosted pages in a locale. */
export async function pageVoice(locale: Locale): Promise<Say<typeof en>> {
  const messages = await pageTexts(locale);
  return (id, ...values: readonly MessageValues[]) => {
    const [filling] = values;
    return filling ? formatMessage(locale, messages[id], filling) : messages[id];
  };
}
