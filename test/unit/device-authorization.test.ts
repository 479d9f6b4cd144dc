import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newUserCode, readUserCode, shownUserCode } from '../../lambdas/shared/domain/device-authorization.ts';
import { deviceCode, readDeviceCode } from '../../lambdas/shared/oidc/device-code.ts';
import { sampleSealing } from './sample-keys.ts';

describe('DEV1: user codes', () => {
  it('are eight letters of twenty, each as likely as the others', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 5000; i++) {
      const code = newUserCode(randomBytes);
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
      for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size).toBe(20);
    // 40,000 letters, 2,000 of each: seven standard deviations to either side.
    for (const [letter, count] of counts) expect(Math.abs(count - 2000), letter).toBeLessThan(310);
  });

  it('draw again where a byte would favour some letters', () => {
    const bytes = [Buffer.alloc(8, 255), Buffer.alloc(8, 240), Buffer.alloc(8, 239)];
    expect(newUserCode(() => bytes.shift() ?? Buffer.alloc(8))).toBe('ZZZZZZZZ');
  });

  it.each(['bcdf-ghjk', ' BCDF GHJK ', 'BCDF–GHJK', 'ＢＣＤＦＧＨＪＫ', 'BCDFGHJK'])('%j is read', (typed) => {
    expect(readUserCode(typed)).toBe('BCDFGHJK');
  });

  it.each(['', 'BCDFGHJ', 'BCDFGHJKL', 'ABCDEFGH', 'BCDF_GHJK', '12345678'])('%j is none', (typed) => {
    expect(readUserCode(typed)).toBeUndefined();
  });

  it('are shown in halves', () => {
    expect(shownUserCode('BCDFGHJK')).toBe('BCDF-GHJK');
  });
});

describe('device codes', () => {
  const subject = { hash: randomBytes(32).toString('base64url'), nonce: randomBytes(16).toString('base64url') };

  it('are read by the brand that made them, and by nobody else', () => {
    const mine = sampleSealing();
    const code = deviceCode(mine, subject);
    expect(readDeviceCode(mine, code)).toEqual(subject);
    expect(readDeviceCode(sampleSealing(2), code)).toBeUndefined();
  });

  it('with any bit changed are none', () => {
    const mine = sampleSealing();
    const bytes = Buffer.from(deviceCode(mine, subject), 'base64url');
    for (const at of [0, 31, 32, 47, 48, 79]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readDeviceCode(mine, changed.toString('base64url')), String(at)).toBeUndefined();
    }
    for (const odd of ['', 'x', 'A'.repeat(300)]) expect(readDeviceCode(mine, odd)).toBeUndefined();
  });
});
