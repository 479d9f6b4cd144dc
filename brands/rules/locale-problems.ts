import { duplicates, quoted, type Rule } from './problem.ts';

/** The locales, and that every purpose's text exists in each of them: nobody may agree to a text they cannot read. */
export const localeProblems: Rule = function* ({ locales, purposes }) {
  if (!locales.offered.includes(locales.default)) {
    yield {
      key: 'locales.default',
      says: `${quoted(locales.default)} must be one of locales.offered: ${locales.offered.join(', ')}`,
    };
  }
  yield* duplicates(locales.offered, (i) => `locales.offered[${i}]`);
  yield* duplicates(
    purposes.map(({ id }) => id),
    (i) => `purposes[${i}].id`,
  );
  for (const [i, purpose] of purposes.entries()) {
    if (!/^[\w.-]{1,32}$/.test(purpose.version)) {
      yield {
        key: `purposes[${i}].version`,
        says: `${quoted(purpose.version)} must be 1 to 32 letters, digits, dots and dashes`,
      };
    }
    for (const locale of locales.offered) {
      if ((purpose.text[locale] ?? '').trim() === '') {
        yield {
          key: `purposes[${i}].text`,
          says: `has no text for ${quoted(locale)} and must have one for each of ${locales.offered.join(', ')}`,
        };
      }
    }
  }
};
