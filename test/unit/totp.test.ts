import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import {
  findRecoveryCode,
  newRecoveryCodes,
  readRecoveryCode,
  recoveryCodeCount,
  shownRecoveryCode,
  storedRecoveryCodes,
} from '../../lambdas/shared/domain/recovery-codes.ts';
import { isRemovable } from '../../lambdas/shared/domain/removable-factor.ts';
import { newTotpSecret, totpStep, totpUri } from '../../lambdas/shared/domain/totp.ts';
import { sampleSealing } from './sample-keys.ts';

describe('one-time codes of an app', () => {
  // RFC 6238 appendix B, SHA-1, cut to six digits as apps show them.
  const secret = Secret.fromUTF8('12345678901234567890').base32;

  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('MFA1: RFC 6238 at %i is %s, one step to either side and no further', (at, code) => {
    const step = Math.floor(at / 30);
    const seen = [-2, -1, 0, 1, 2].map((steps) => totpStep(secret, code, (at + steps * 30) * 1000));
    expect(seen).toEqual([undefined, step, step, step, undefined]);
  });

  it('MFA1: what is no code is of no step', () => {
    for (const text of ['', '28708', '2870822', 'abcdef', '٢٨٧٠٨٢'])
      expect(totpStep(secret, text, 59_000)).toBeUndefined();
  });

  it('MFA3: a secret has 160 bits, and its address says all that an app needs', () => {
    const made = newTotpSecret(randomBytes);
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret(randomBytes)).not.toBe(made);
    const uri = new URL(totpUri(made, 'Solmar Viajes', 'ana+1@example.com'));
    expect([uri.protocol, uri.hostname]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).toBe('/Solmar Viajes:ana+1@example.com');
    const said = { secret: made, issuer: 'Solmar Viajes', algorithm: 'SHA1', digits: '6', period: '30' };
    expect(Object.fromEntries(uri.searchParams)).toEqual(said);
  });
});

describe('recovery codes', () => {
  const user = 'usr_aaaaaaaaaaaaaaaaaaaaaa';
  const { mac } = sampleSealing();
  const codes = newRecoveryCodes(randomBytes);
  const stored = storedRecoveryCodes(mac, user, codes);

  it('MFA6: ten of 80 bits, stored by keyed hash, each person has their own', () => {
    expect(new Set(codes).size).toBe(recoveryCodeCount);
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
      expect(JSON.stringify(stored)).not.toContain(code);
      expect(findRecoveryCode(mac, user, stored, code)).toMatchObject({ left: 9 });
      expect(findRecoveryCode(mac, 'usr_bbbbbbbbbbbbbbbbbbbbbb', stored, code)).toBeUndefined();
    }
    const [first = '', second = ''] = codes;
    expect(findRecoveryCode(mac, user, { ...stored, code0: undefined }, first)).toBeUndefined();
    expect(findRecoveryCode(mac, user, { ...stored, code0: undefined }, second)).toMatchObject({
      place: 'code1',
      left: 8,
    });
  });

  it('MFA6: is read however it was copied', () => {
    const shown = shownRecoveryCode('0123456789ABCDEF');
    expect(shown).toBe('0123-4567-89AB-CDEF');
    for (const text of [
      shown,
      shown.toLowerCase(),
      ' 0123 4567 89AB CDEF ',
      'O123–4567–89AB–CDEF',
      'OI23456789abcdef',
    ]) {
      expect(readRecoveryCode(text), text).toBe('0123456789ABCDEF');
    }
    for (const text of ['', '0123-4567-89AB', 'U123456789ABCDEF', '０１２３'])
      expect(readRecoveryCode(text)).toBeUndefined();
  });
});

describe('PK10: what an account needs is not removed', () => {
  const userId = 'usr_aaaaaaaaaaaaaaaaaaaaaa' as const;
  const one = { userId, totp: true } as const;
  const left = { userId, passkeys: 1 } as const;
  it.each([
    ['optional', true, { userId }, true],
    ['required', true, { userId }, false],
    ['required', true, one, true],
    ['required', true, { userId, recovery: 9 }, false],
    ['optional', false, { userId }, false],
    ['optional', false, one, false],
    ['optional', false, left, true],
    ['required', false, left, true],
  ] as const)('policy %s, password %s, left %j: %s', (policy, hasPassword, after, removable) => {
    expect(isRemovable({ policy, hasPassword, enrolled: one }, after)).toBe(removable);
  });
});
