import { describe, expect, test } from 'vitest';
import {
  looksLikeNumber,
  maskedNumber,
  type PhoneNumber,
  parseNumber,
  rangeOf,
} from '../../lambdas/shared/domain/phone-number.ts';
import type { SmsPolicy } from '../../lambdas/shared/domain/sms-policy.ts';
import { sampleBrands } from './mail-samples.ts';

const policy = sampleBrands[1].authentication.sms as SmsPolicy;
const onlySpain: SmsPolicy = { ...policy, countries: { ES: { senderId: 'Solmar' } } };

describe('RL3: numbers that texts go to', () => {
  test.each([
    ['+34612345678', '+34612345678'],
    [' +34 612 34 56 78 ', '+34612345678'],
    ['＋３４６１２３４５６７８', '+34612345678'],
    ['+34-612.345.678', '+34612345678'],
    ['+55 (11) 96123-4567', '+5511961234567'],
    ['+971 50 123 4567', '+971501234567'],
  ])('%s is %s', async (raw, number) => {
    expect(await parseNumber(raw, policy)).toMatchObject({ number });
  });

  test.each([
    ['premium rate', '+34803123456'],
    ['shared cost', '+34901123456'],
    ['a fixed line', '+34912345678'],
    ['personal numbering', '+34701234567'],
    ['a country that the brand does not name', '+4915123456789'],
    ['a satellite', '+881612345678'],
    ['an international network', '+882123456789'],
    ['too short', '+3461234567'],
    ['too long', '+346123456789'],
    ['with an extension', '+34612345678 ext. 5'],
    ['no country', '612345678'],
    ['an address', 'ana@example.com'],
    ['an address of digits', '612345678@example.com'],
    ['a header', '+34612345678\r\nBcc: x'],
    ['words around it', 'call +34612345678'],
    ['a URI', 'tel:+34612345678'],
    ['nothing', ''],
    ['a flood', `+34${'6'.repeat(10_000)}`],
  ])('%s is none', async (_, raw) => {
    expect(await parseNumber(raw, policy)).toBeUndefined();
  });

  test('a country is spared where there is but one', async () => {
    expect(await parseNumber('612 345 678', onlySpain)).toMatchObject({ number: '+34612345678' });
  });

  test('a brand that sends no texts takes no number', async () => {
    expect(await parseNumber('+34612345678', undefined)).toBeUndefined();
  });
});

test('an address never looks like a number', () => {
  for (const raw of ['ana@example.com', '1234@5678', 'x1234567', '', '12']) expect(looksLikeNumber(raw)).toBe(false);
  for (const raw of ['+34612345678', '612 345 678', '(11) 96123-4567']) expect(looksLikeNumber(raw)).toBe(true);
});

test('a masked number tells its owner which it is, and nobody else', () => {
  expect(maskedNumber('+34612345678')).toBe('+34 •••• 78');
});

test('RL3: a range is ten thousand numbers, in every country: who pumps rents them by the block', () => {
  const range = (number: string) => rangeOf(number as PhoneNumber);
  expect(range('+5511987654321')).toBe(range('+5511987650000'));
  expect(range('+5511987654321')).not.toBe(range('+5511987664321'));
  expect(range('+971501234567')).not.toBe(range('+971501244567'));
});
