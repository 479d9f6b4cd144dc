import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../domain/brand.ts';
import type { MessageValues } from './message.ts';

/** Times are shown in UTC and say so in the message: the server does not know where the reader is. */
const formats = {
  date: { day: { dateStyle: 'long', timeZone: 'UTC' } },
  time: { clock: { timeStyle: 'short', timeZone: 'UTC' } },
} as const;

const parsed = new Map<string, IntlMessageFormat>();

/**
 * Fills an ICU message. The parser (33 KB, 4 ms) is why this module is loaded only by who has arguments to fill in.
 * @throws Error where an argument is missing: a fault of the caller, ruled out by `Say`
 */
export function formatMessage(locale: Locale, message: string, values: MessageValues): string {
  const key = `${locale} ${message}`;
  let format = parsed.get(key);
  if (!format) {
    // `<` in a message is a character, never a tag: mails and pages escape what a message says.
    format = new IntlMessageFormat(message, locale, formats, { ignoreTag: true });
    parsed.set(key, format);
  }
  return String(format.format(values));
}
