import { expect, test } from 'vitest';
import { senderMailbox } from '../../lambdas/shared/mail/sender-mailbox.ts';

const from = 'no-reply@mail.example.com';

test.each([
  ['Northwind', '"Northwind" <no-reply@mail.example.com>'],
  ['A "B" \\ C, Inc.', '"A \\"B\\" \\\\ C, Inc." <no-reply@mail.example.com>'],
  ['Café', '=?UTF-8?B?Q2Fmw6k=?= <no-reply@mail.example.com>'],
])('RFC 5322: %s', (name, expected) => {
  expect(senderMailbox({ name, from })).toBe(expected);
});

test('RFC 2047: a long name is cut between characters, in words of at most 75', () => {
  const name = 'شركة سولمار للسفر والسياحة في الأمريكتين والخليج العربي 旅行';
  const words = senderMailbox({ name, from }).replace(` <${from}>`, '').split(' ');
  expect(words.length).toBeGreaterThan(1);
  for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
  const decoded = words.map((word) => Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString('utf8'));
  expect(decoded.join('')).toBe(name);
  expect(decoded.join('')).not.toContain('\ufffd');
});
