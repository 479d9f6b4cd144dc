import { describe, expect, test } from 'vitest';
import { argumentsOf, parseMessage as parse } from '../../brands/rules/icu-arguments.ts';
import { type ProblemCode, problemStatuses } from '../../lambdas/shared/domain/problem.ts';
import { ar as mailsAr } from '../../lambdas/shared/messages/mails/ar.ts';
import { de as mailsDe } from '../../lambdas/shared/messages/mails/de.ts';
import { en as mailsEn } from '../../lambdas/shared/messages/mails/en.ts';
import { es as mailsEs } from '../../lambdas/shared/messages/mails/es.ts';
import { fr as mailsFr } from '../../lambdas/shared/messages/mails/fr.ts';
import { it as mailsIt } from '../../lambdas/shared/messages/mails/it.ts';
import { ja as mailsJa } from '../../lambdas/shared/messages/mails/ja.ts';
import { ptBr as mailsPt } from '../../lambdas/shared/messages/mails/pt-br.ts';
import { ar as pagesAr } from '../../lambdas/shared/messages/pages/ar.ts';
import { de as pagesDe } from '../../lambdas/shared/messages/pages/de.ts';
import { en as pagesEn } from '../../lambdas/shared/messages/pages/en.ts';
import { es as pagesEs } from '../../lambdas/shared/messages/pages/es.ts';
import { fr as pagesFr } from '../../lambdas/shared/messages/pages/fr.ts';
import { it as pagesIt } from '../../lambdas/shared/messages/pages/it.ts';
import { ja as pagesJa } from '../../lambdas/shared/messages/pages/ja.ts';
import { ptBr as pagesPt } from '../../lambdas/shared/messages/pages/pt-br.ts';
import { problemTexts } from '../../lambdas/shared/messages/problem-texts.ts';
import { ar } from '../../lambdas/shared/messages/problems/ar.ts';
import { de } from '../../lambdas/shared/messages/problems/de.ts';
import { en } from '../../lambdas/shared/messages/problems/en.ts';
import { es } from '../../lambdas/shared/messages/problems/es.ts';
import { fr } from '../../lambdas/shared/messages/problems/fr.ts';
import { it as italian } from '../../lambdas/shared/messages/problems/it.ts';
import { ja } from '../../lambdas/shared/messages/problems/ja.ts';
import { ptBr } from '../../lambdas/shared/messages/problems/pt-br.ts';

type Ast = ReturnType<typeof parse>;
type Catalogue = Readonly<Record<string, string>>;

/** Element type of the parser. */
const plural = 6;

/** Plural branches of a message, by argument. */
function pluralsOf(ast: Ast): readonly (readonly string[])[] {
  return ast.flatMap((element) =>
    element.type === plural && 'options' in element ? [Object.keys(element.options).sort()] : [],
  );
}

const catalogues: readonly (readonly [
  name: string,
  source: Catalogue,
  locales: Readonly<Record<string, Catalogue>>,
])[] = [
  ['problems', en, { en, de, fr, es, it: italian, 'pt-BR': ptBr, ja, ar }],
  [
    'mails',
    mailsEn,
    { en: mailsEn, de: mailsDe, fr: mailsFr, es: mailsEs, it: mailsIt, 'pt-BR': mailsPt, ja: mailsJa, ar: mailsAr },
  ],
  [
    'pages',
    pagesEn,
    { en: pagesEn, de: pagesDe, fr: pagesFr, es: pagesEs, it: pagesIt, 'pt-BR': pagesPt, ja: pagesJa, ar: pagesAr },
  ],
];

/** Words that are the same in another language. */
const cognates: ReadonlySet<string> = new Set([
  'Applications',
  'Code',
  'Error',
  'Password',
  'Name',
  'Name (optional)',
  'Passkey',
  'Passkeys',
]);

describe.each(catalogues)('%s', (_, source, locales) => {
  test.each(Object.keys(locales))('%s says each message with the arguments that English names', (locale) => {
    for (const [id, message] of Object.entries(locales[locale] ?? {})) {
      expect(argumentsOf(parse(message, locale)), id).toEqual(argumentsOf(parse(source[id] ?? '', 'en')));
    }
  });

  test.each(Object.keys(locales))('%s has each plural form of its language', (locale) => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const [id, message] of Object.entries(locales[locale] ?? {})) {
      for (const forms of pluralsOf(parse(message, locale))) {
        // `many` of the Romance languages begins at a million.
        const needed = categories.filter((form) => form !== 'many' || locale === 'ar');
        expect(forms, id).toEqual(expect.arrayContaining([...needed]));
      }
    }
  });

  test.each(Object.keys(locales).filter((locale) => locale !== 'en'))('%s is translated and typeset', (locale) => {
    for (const [id, message] of Object.entries(locales[locale] ?? {})) {
      if (!cognates.has(message)) expect(message, id).not.toBe(source[id]);
      expect(message, id).not.toMatch(/\w'\w|"|\.\.\.| {2}|^\s|\s$/);
    }
  });
});

test('every problem has a status that RFC 9110 knows and sentences of its topic', async () => {
  for (const [code, status] of Object.entries(problemStatuses)) {
    expect(status, code).toBeGreaterThanOrEqual(400);
    expect(en[`${code as ProblemCode}.title`], code).not.toBe('');
  }
});

test('REG1: a refusal says its rule with its numbers, in the language asked for', async () => {
  const errors = [{ field: 'password', rule: 'password_too_short', params: { min: 15 } }] as const;
  const problem = { code: 'password_too_short', params: { min: 15 }, errors } as const;
  expect(await problemTexts({}, problem, 'en')).toEqual({
    title: 'Password too short',
    detail: 'Choose a password of at least 15 characters.',
    errors: [{ field: 'password', rule: 'password_too_short', detail: 'Choose a password of at least 15 characters.' }],
  });
  expect((await problemTexts({}, problem, 'ar')).detail).toBe('يُرجى اختيار كلمة مرور لا تقل عن 15 حرفًا.');
  expect((await problemTexts({}, { code: 'too_many_requests', params: { seconds: 1 } }, 'de')).detail).toBe(
    'Bitte versuchen Sie es in 1 Sekunde noch einmal.',
  );
  expect((await problemTexts({}, { code: 'password_common' }, 'fr')).title).toBe('Mot de passe trop courant');
});
