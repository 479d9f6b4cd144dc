import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Locale } from '../../lambdas/shared/domain/brand.ts';
import { direction } from '../../lambdas/shared/messages/direction.ts';
import { negotiateLocale } from '../../lambdas/shared/messages/negotiate-locale.ts';

const european = { default: 'en', offered: ['en', 'de', 'fr'] } as const;
const southern = { default: 'es', offered: ['es', 'pt-BR', 'ar'] } as const;

test.each<[string | readonly string[] | undefined, string | undefined, typeof european | typeof southern, Locale]>([
  [undefined, undefined, european, 'en'],
  ['de', 'fr', european, 'de'],
  ['de-CH-1996', undefined, european, 'de'],
  ['DE-at', undefined, european, 'de'],
  ['de-x-private', undefined, european, 'de'],
  [['ja', 'fr-CA'], 'de', european, 'fr'],
  ['ja', 'fr;q=0.4, de;q=0.8', european, 'de'],
  [undefined, 'de;q=0, fr;q=0.1', european, 'fr'],
  [undefined, '*', european, 'en'],
  [undefined, 'ja, *;q=0.5', european, 'en'],
  ['pt', undefined, southern, 'pt-BR'],
  ['pt-PT', undefined, southern, 'pt-BR'],
  ['PT-br', undefined, southern, 'pt-BR'],
  ['ar-EG', undefined, southern, 'ar'],
  ['not a tag\r\nSet-Cookie: x', undefined, southern, 'es'],
  ['__proto__', 'constructor', southern, 'es'],
])('RFC 4647: %j with Accept-Language %j', (requested, acceptLanguage, locales, expected) => {
  expect(negotiateLocale(locales, { requested, acceptLanguage })).toBe(expected);
});

test('RFC 4647: whatever is asked for, the answer is offered', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (requested, acceptLanguage) => {
      expect(southern.offered).toContain(negotiateLocale(southern, { requested, acceptLanguage }));
    }),
  );
});

test('Arabic alone is written from right to left', () => {
  expect(direction('ar')).toBe('rtl');
  expect(direction('pt-BR')).toBe('ltr');
});
