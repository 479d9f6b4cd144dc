import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMail } from '../../lambdas/shared/mail/render-mail.ts';
import { mailTexts } from '../../lambdas/shared/messages/mail-texts.ts';
import { allLocales, sampleBrands, sampleCode, sampleMails } from './mail-samples.ts';

const [northwind, solmar] = sampleBrands;
const at = new Date('2026-11-21T14:05:00Z');

const everyMail = sampleBrands.flatMap((brand) =>
  allLocales.flatMap((locale) =>
    sampleMails.map((mail) => ({ brand, locale, mail, title: `${brand.id} ${locale} ${mail.kind}` })),
  ),
);

describe.each(everyMail)('$title', ({ brand, locale, mail }) => {
  test('VC1: no six digits but the code, and that one contiguous, in text and HTML, never in the subject', async () => {
    const { subject, text, html } = renderMail(mail, brand, await mailTexts({}, locale));
    const expected = 'code' in mail ? [sampleCode] : null;
    expect(text.match(/\d{6,}/g)).toEqual(expected);
    expect(html.match(/\d{6,}/g)).toEqual(expected);
    expect(subject).not.toMatch(/\d/);
  });

  test('declares language and direction, and loads nothing from anybody', async () => {
    const { html } = renderMail(mail, brand, await mailTexts({}, locale));
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).not.toMatch(/<(img|link|script|iframe|table)\b|url\(|@import/i);
    const links = [...html.matchAll(/https?:\/\/[^"\s<]+/g)].map(([url]) => url);
    const urls = { cancelUrl: undefined, linkUrl: undefined, notMeUrl: undefined, ...mail };
    const own = urls.cancelUrl ?? urls.linkUrl ?? urls.notMeUrl;
    expect(links).toEqual(own === undefined ? [] : [own.replace('&', '&amp;')]);
  });

  test('says the same in text as in HTML', async () => {
    const { text, html } = renderMail(mail, brand, await mailTexts({}, locale));
    for (const line of text.split('\n').filter((each) => each.trim().length > 3 && !each.startsWith('http'))) {
      expect(html.replaceAll('&amp;', '&').replaceAll('&#39;', "'")).toContain(line.replace(/:$/, ''));
    }
    expect(text).not.toMatch(/\{|\}|undefined|\[object/);
  });
});

test('REG10: whatever a person calls themselves, it is text on one line', async () => {
  const texts = await mailTexts({}, 'en');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      const hostile = `${name}<img src=x onerror=alert(1)>&"'\r\nBcc: all@example.com`;
      const { text, html, subject } = renderMail({ kind: 'password-changed', at, name: hostile }, northwind, texts);
      expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>/i);
      expect(text).not.toMatch(/^Bcc:/m);
      expect(subject).toBe('Your Northwind password was changed');
    }),
  );
});

test('REG10: a name keeps its letters and loses its markup', async () => {
  const name = 'Zoë <b>O’Neil</b> & "Söhne"';
  const { html, text } = renderMail({ kind: 'password-changed', at, name }, northwind, await mailTexts({}, 'en'));
  expect(html).toContain('Hello Zoë &lt;b&gt;O’Neil&lt;/b&gt; &amp; &quot;Söhne&quot;,');
  expect(text).toContain(`Hello ${name},`);
});

test('REG10: braces in a name are not message syntax', async () => {
  const name = '{brand, select, other {x}} #{at}';
  const { text } = renderMail({ kind: 'password-changed', at, name }, northwind, await mailTexts({}, 'en'));
  expect(text).toContain(`Hello ${name},`);
});

test('a mail to an unproven address repeats no word of whoever asked for it', () => {
  for (const mail of sampleMails.filter(({ kind }) =>
    ['verify', 'already-registered', 'recovery-unknown'].includes(kind),
  )) {
    expect(Object.keys(mail)).not.toContain('name');
  }
});

test.each([
  ['en', 1, 'It is valid for 1 minute and works once.'],
  ['en', 119, 'It is valid for 119 minutes and works once.'],
  ['en', 1440, 'It is valid for 24 hours and works once.'],
  ['ar', 10, 'الرمز صالح لمدة 10 دقائق ويُستخدم مرة واحدة فقط.'],
  ['ja', 5, 'このコードの有効期限は5分間で、1回のみ使用できます。'],
] as const)('%s says the lifetime of %i minutes in words', async (locale, minutes, sentence) => {
  const { text } = renderMail({ kind: 'verify', code: sampleCode, minutes }, solmar, await mailTexts({}, locale));
  expect(text).toContain(sentence);
});

test('times are UTC wherever the function runs', async () => {
  const { text } = renderMail({ kind: 'password-changed', at }, northwind, await mailTexts({}, 'de'));
  expect(text).toContain('am 21. November 2026 um 14:05 Uhr (UTC)');
});

test('a brand whose colours are all digits still has one number in its mail', async () => {
  const look = { ...northwind.look, accent: '#005566', onAccent: '#999999', background: '#111111', text: '#333333' };
  const brand = { ...northwind, look };
  const { html } = renderMail({ kind: 'verify', code: sampleCode, minutes: 10 }, brand, await mailTexts({}, 'en'));
  expect(html.match(/\d{6,}/g)).toEqual([sampleCode]);
  expect(html).toContain('rgb(0, 85, 102)');
});

test('a logo is the one picture, and its name stands in for it', async () => {
  const brand = {
    ...northwind,
    name: 'A "B" & C',
    look: { ...northwind.look, logo: 'https://www.northwind.example/logo.png' },
  };
  const { html } = renderMail({ kind: 'already-registered' }, brand, await mailTexts({}, 'en'));
  expect(html.match(/<img[^>]*>/g)).toHaveLength(1);
  expect(html).toContain('<img src="https://www.northwind.example/logo.png" alt="A &quot;B&quot; &amp; C"');
});
