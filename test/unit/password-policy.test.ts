import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { PasswordPolicy } from '../../lambdas/shared/domain/brand.ts';
import { commonPasswords } from '../../lambdas/shared/domain/common-passwords.ts';
import { normaliseEmail } from '../../lambdas/shared/domain/email-address.ts';
import { checkPassword, normalisePassword } from '../../lambdas/shared/domain/password-policy.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';

// Many cases, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const isCommon = await commonPasswords();
const alone: PasswordPolicy = {
  minLength: 15,
  maxLength: 256,
  forbidden: ['northwind', 'Northwind Outfitters GmbH'],
  breaches: { ask: false, atSignIn: 'nothing' },
};
const beside = { ...alone, minLength: 8 };
const owner = normaliseEmail('annabella.northwood@mail.example');

function faultOf(raw: string, policy = alone, address: typeof owner | null = owner): string {
  try {
    checkPassword(normalisePassword(raw), address ?? undefined, policy, isCommon);
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('length', () => {
  test.each([
    ['7 characters beside a second factor', 'xq7#mPz', beside, 'password_too_short'],
    ['8 characters beside a second factor', 'xq7#mPzw', beside, 'accepted'],
    ['14 characters alone', 'xq7#mPzw2!kLrT', alone, 'password_too_short'],
    ['15 characters alone', 'xq7#mPzw2!kLrTb', alone, 'accepted'],
    ['15 emoji of two UTF-16 units each', '🐙🦀🐡🦑🐬🐳🦈🐊🐢🦎🐍🦕🦖🐲🐉', alone, 'accepted'],
    ['14 emoji are 28 UTF-16 units and too short', '🐙🦀🐡🦑🐬🐳🦈🐊🐢🦎🐍🦕🦖🐲', alone, 'password_too_short'],
    [
      '15 é, decomposed into 30',
      `${'e\u0301'.repeat(8)}a\u0301o\u0301i\u0301u\u0301y\u0301n\u0303c\u0327`,
      alone,
      'accepted',
    ],
    [
      '14 é, decomposed into 28',
      `${'e\u0301'.repeat(8)}a\u0301o\u0301i\u0301u\u0301y\u0301n\u0303`,
      alone,
      'password_too_short',
    ],
  ])('REG1: %s', (_, password, policy, verdict) => {
    expect(faultOf(password, policy)).toBe(verdict);
  });

  test('REG1: the refusal names the length rule, its number and the field, and not the password', () => {
    try {
      checkPassword('zqx7f', owner, alone, isCommon, 'new_password');
      throw new Error('it was not refused');
    } catch (error) {
      const { code, details } = error as Refusal;
      const rule = { rule: 'password_too_short', params: { min: 15 } };
      expect({ code, details }).toEqual({
        code: 'password_too_short',
        details: { params: { min: 15 }, errors: [{ field: 'new_password', ...rule }] },
      });
      expect(JSON.stringify(error) + String(error)).not.toContain('zqx7f');
    }
  });
});

describe('what is accepted', () => {
  test.each([
    ['lower case alone', 'wooden lantern swims'],
    ['spaces', 'a b c d e f g h i j k'],
    ['spaces at the ends', '   wooden lantern   '],
    ['emoji', 'lantern 🐙🦀🐡🦑 swims'],
    ['64 characters', `${'velvet-otter-'.repeat(5).slice(0, 63)}!`],
    ['128 characters', `${'velvet otter '.repeat(10).slice(0, 127)}!`],
    ['256 characters', `${'velvet otter '.repeat(20).slice(0, 255)}!`],
    ['a common word inside a phrase', 'my password is a secret here'],
    ['the brand inside a phrase', 'northwind sells good tents'],
    ['the address inside a phrase', 'annabella.northwood likes tents'],
    ['digits that do not run', '192837465091827'],
    ['null characters', `a\0b\0c\0d\0e\0f\0g\0h`],
    ['another script', 'пароль из пяти слов тут'],
  ])('REG2: %s', (_, password) => {
    expect(faultOf(password)).toBe('accepted');
  });

  test('REG2: nothing is trimmed or cut: a space or a last character more is another password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
        for (const other of [`${text} `, ` ${text}`, `${text}x`])
          expect(normalisePassword(other)).not.toBe(normalisePassword(text));
      }),
    );
  });

  test('REG2: 257 characters are too long, and are refused rather than cut', () => {
    expect(faultOf('velvet otter '.repeat(20).slice(0, 257))).toBe('password_too_long');
  });
});

describe('what is refused', () => {
  const long = 'passwordpassword';
  test.each([
    ['on the list', 'qwertyuiop12345', 'password_common'],
    ['on the list in capitals', 'QWERTYuiop12345', 'password_common'],
    ['on the list in full width', 'ｑｗｅｒｔｙｕｉｏｐ１２３４５', 'password_common'],
    ['a listed word over and over', long, 'password_common'],
    ['one character', 'aaaaaaaaaaaaaaa', 'password_common'],
    ['one emoji', '🐙'.repeat(15), 'password_common'],
    ['a short unit over and over', 'abcabcabcabcabc', 'password_common'],
    ['digits that run', '123456789012345', 'password_common'],
    ['digits that run back', '987654321098765', 'password_common'],
    ['letters that run', 'abcdefghijklmnop', 'password_common'],
    ['the address', 'annabella.northwood@mail.example', 'password_is_identifier'],
    ['the address in capitals', 'Annabella.Northwood@Mail.Example', 'password_is_identifier'],
    ['its local part', 'annabella.northwood', 'password_is_identifier'],
    ['its local part in full width', 'ａnnabella.northwood', 'password_is_identifier'],
    ['the company', 'northwind outfitters gmbh', 'password_is_brand_word'],
    ['the product over and over', 'NorthwindNorthwind', 'password_is_brand_word'],
  ])('REG3: %s', (_, password, verdict) => {
    expect(faultOf(password)).toBe(verdict);
  });

  test('REG3: every listed password that is long enough is refused, in any case', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    const listed = dictionary['passwords-common'] as readonly string[];
    expect(listed.length).toBeGreaterThan(3000);
    const enough = listed.filter((each) => [...each.normalize('NFKC')].length >= 8);
    const passed = enough.filter((each) => faultOf(each.toUpperCase(), beside, null) === 'accepted');
    expect(passed).toEqual([]);
  });

  test('REG3: without an address (a recovery before its code) the other rules hold', () => {
    expect(faultOf('annabella.northwood', alone, null)).toBe('accepted');
    expect(faultOf(long, alone, null)).toBe('password_common');
  });
});

test('REG4: composed or decomposed, wide or narrow, it is one password; normalising is idempotent', () => {
  expect(normalisePassword('e\u0301')).toBe(normalisePassword('\u00e9'));
  expect(normalisePassword('\u212b')).toBe(normalisePassword('A\u030a'));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const once = normalisePassword(text);
      expect(normalisePassword(once)).toBe(once);
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(normalisePassword(text.normalize(form))).toBe(once);
    }),
    { numRuns: 500 },
  );
});
