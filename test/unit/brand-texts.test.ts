import { describe, expect, test } from 'vitest';
import type { BrandDefinition } from '../../brands/brand-definition.ts';
import { defineBrand } from '../../brands/define-brand.ts';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import { mailTexts } from '../../lambdas/shared/messages/mail-texts.ts';
import { pageTexts } from '../../lambdas/shared/messages/page-texts.ts';
import { pageVoice } from '../../lambdas/shared/messages/page-voice.ts';
import { problemTexts } from '../../lambdas/shared/messages/problem-texts.ts';

/** What stops the synth of northwind with these texts. */
function refusalOf(texts: unknown): string {
  try {
    defineBrand({ ...northwind, texts } as BrandDefinition);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('texts of a brand: a mistake stops the synth with one sentence', () => {
  test.each<[unknown, string]>([
    [{ de: { pages: { 'sign_in.title': 'Willkommen zurück' } } }, 'accepted'],
    [{ en: { mails: { 'verify.subject': 'Nearly there at {brand}' }, problems: {} } }, 'accepted'],
    [{ en: { problems: { 'password_too_short.detail': '{min, plural, one {#} other {#}} at least' } } }, 'accepted'],
    [{ ja: { pages: {} } }, 'texts.ja is not a language of locales.offered: en, de, fr'],
    [
      { en: { pages: { 'sign_in.titel': 'Hi' } } },
      'texts.en.pages["sign_in.titel"] is no message; its ids are those of lambdas/shared/messages/pages/en.ts',
    ],
    [
      { en: { mails: { 'sign_in.title': 'Hi' } } },
      'texts.en.mails["sign_in.title"] is no message; its ids are those of lambdas/shared/messages/mails/en.ts',
    ],
    [
      { en: { pages: { constructor: 'Hi' } } },
      'texts.en.pages["constructor"] is no message; its ids are those of lambdas/shared/messages/pages/en.ts',
    ],
    [
      { en: { pages: { 'sign_in.lead': 'Welcome' } } },
      'texts.en.pages["sign_in.lead"] "Welcome" must name {client} and nothing else',
    ],
    [
      { en: { pages: { 'sign_in.lead': '{client}, {email}' } } },
      'texts.en.pages["sign_in.lead"] "{client}, {email}" must name {client} and nothing else',
    ],
    [
      { en: { pages: { 'sign_in.title': 'Hi {name}' } } },
      'texts.en.pages["sign_in.title"] "Hi {name}" must name no argument in braces',
    ],
    [
      { en: { pages: { 'sign_in.lead': 'Hi {client' } } },
      'texts.en.pages["sign_in.lead"] "Hi {client" must be an ICU message: EXPECT_ARGUMENT_CLOSING_BRACE',
    ],
    [
      { en: { mails: { 'verify.subject': '{brand}\r\nBcc: x' } } },
      'texts.en.mails["verify.subject"] "{brand}\\r\\nBcc: x" must be 1 to 1000 characters in one line',
    ],
    [
      { en: { pages: { 'sign_in.title': ' ' } } },
      'texts.en.pages["sign_in.title"] " " must be 1 to 1000 characters in one line',
    ],
    [{ en: { page: {} } }, 'texts.en.page is not a setting; see BrandDefinition in brands/brand-definition.ts'],
    [{ en: { pages: { 'sign_in.title': 1 } } }, 'texts.en.pages.sign_in.title must be of type string'],
  ])('%j', (texts, says) => {
    expect(refusalOf(texts)).toBe(says === 'accepted' ? says : `brands/northwind.ts: ${says}`);
  });
});

describe('texts of a brand are said wherever its messages are', () => {
  const own = {
    texts: {
      de: {
        pages: { 'sign_in.title': 'Da sind Sie ja', 'sign_in.lead': 'Zurück zu {client}' },
        mails: { 'verify.title': 'Fast geschafft' },
        problems: { 'password_common.title': 'Das kennt jeder' },
      },
    },
  };

  test('in pages, mails and problems, in that language alone', async () => {
    const say = await pageVoice(own, 'de');
    expect([say('sign_in.title'), say('sign_in.lead', { client: 'X' })]).toEqual(['Da sind Sie ja', 'Zurück zu X']);
    expect(say('password.title')).toBe((await pageTexts({}, 'de'))['password.title']);
    expect((await mailTexts(own, 'de')).say('verify.title')).toBe('Fast geschafft');
    expect((await problemTexts(own, { code: 'password_common' }, 'de')).title).toBe('Das kennt jeder');
    expect(await pageTexts(own, 'en')).toBe(await pageTexts({}, 'en'));
  });

  test('a brand without any gets the very catalogue; solmar has some in each of its languages', async () => {
    expect(await pageTexts(northwind, 'de')).toBe(await pageTexts({}, 'de'));
    for (const locale of solmar.locales.offered) {
      expect((await pageTexts(solmar, locale))['sign_up.title']).not.toBe(
        (await pageTexts({}, locale))['sign_up.title'],
      );
    }
  });
});
