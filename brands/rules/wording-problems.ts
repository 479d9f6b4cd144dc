import { en as mails } from '../../lambdas/shared/messages/mails/en.ts';
import { en as pages } from '../../lambdas/shared/messages/pages/en.ts';
import { en as problems } from '../../lambdas/shared/messages/problems/en.ts';
import { argumentsOf, parseMessage } from './icu-arguments.ts';
import { quoted, type Rule } from './problem.ts';

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { pages, mails, problems };
const maxLength = 1000;

const listed = (names: readonly string[]) => names.map((name) => `{${name}}`).join(', ');

/** What is wrong with a text that stands for an English message, if anything. */
function fault(text: string, source: string, locale: string): string | undefined {
  if (text.trim() === '' || text.length > maxLength || /\p{Cc}/u.test(text)) {
    return `must be 1 to ${maxLength} characters in one line`;
  }
  const needed = argumentsOf(parseMessage(source, 'en'));
  let named: readonly string[];
  try {
    named = argumentsOf(parseMessage(text, locale));
  } catch (error) {
    return `must be an ICU message: ${error instanceof Error ? error.message : 'it cannot be read'}`;
  }
  if (named.join() === needed.join()) return undefined;
  return needed.length > 0 ? `must name ${listed(needed)} and nothing else` : 'must name no argument in braces';
}

/** A brand's own words: messages that exist, in languages that it offers, with the arguments that English names. */
export const wordingProblems: Rule = function* ({ texts = {}, locales }) {
  for (const [locale, own] of Object.entries(texts)) {
    if (!locales.offered.some((offered) => offered === locale)) {
      yield { key: `texts.${locale}`, says: `is not a language of locales.offered: ${locales.offered.join(', ')}` };
    }
    for (const [catalogue, messages] of Object.entries(own)) {
      for (const [id, text] of Object.entries(messages)) {
        const key = `texts.${locale}.${catalogue}[${quoted(id)}]`;
        const source = catalogues[catalogue];
        if (source === undefined || !Object.hasOwn(source, id)) {
          yield { key, says: `is no message; its ids are those of lambdas/shared/messages/${catalogue}/en.ts` };
          continue;
        }
        const says = fault(text, source[id] ?? '', locale);
        if (says !== undefined) yield { key, says: `${quoted(text)} ${says}` };
      }
    }
  }
};
