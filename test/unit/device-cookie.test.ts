import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceCookie, rememberedDevice } from '../../lambdas/shared/http/device-cookie.ts';
import { readEvent } from '../../lambdas/shared/http/request.ts';
import { sampleSealing } from './sample-keys.ts';

const ring = sampleSealing();
const owner = ring.lookup('email', 'owner@example.com');
const stranger = ring.lookup('email', 'stranger@example.com');
const now = 1_795_000_000;
const lifetime = 7_776_000;
const cookie = deviceCookie(ring, owner, 'bm9uY2Vub25jZTEy', now, lifetime);
const [pair = ''] = cookie.split('; ');
const [name = '', value = ''] = pair.split(/=(.*)/s);
const [nonce = '', until = '', mac = ''] = value.split('.');

/** The device that a browser with these cookies is taken for. */
function remembered(cookies: readonly string[], identHash = owner, at = now, by = ring) {
  return rememberedDevice(by, identHash, readEvent({ cookies: [...cookies] }, 0).cookies, at);
}

describe('RL7: a remembered device', () => {
  test('RL7: the cookie is the host’s alone, out of reach of scripts and of plain http (SES1)', () => {
    expect(cookie).toMatch(
      /^__Host-device-[A-Za-z0-9_-]{8}=[A-Za-z0-9_-]+\.\d+\.[A-Za-z0-9_-]{43}; Path=\/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax$/,
    );
    expect(cookie).not.toMatch(/domain/i);
    expect(cookie).not.toContain(owner);
  });

  test('RL7: it is known to its own account until it is too old', () => {
    expect(remembered([pair])).toEqual({ nonce });
    expect(remembered(['a=b', pair, 'c=d'])).toEqual({ nonce });
    expect(remembered([pair], owner, now + lifetime - 1)).toEqual({ nonce });
    expect(remembered([pair], owner, now + lifetime)).toBeUndefined();
    expect(remembered([])).toBeUndefined();
  });

  test('RL7: another account, another brand, or its cookie under the name of another account is not known', () => {
    expect(remembered([pair], stranger)).toBeUndefined();
    expect(remembered([pair], owner, now, sampleSealing(2))).toBeUndefined();
    const [theirs = ''] = deviceCookie(ring, stranger, nonce, now, lifetime).split('=');
    expect(theirs).not.toBe(name);
    expect(remembered([`${theirs}=${value}`], stranger)).toBeUndefined();
  });

  test('RL7: nobody gives himself a fresh counter or a longer life: nonce, end and MAC hold together', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(10 ** 12), (text, end) => {
        const safe = text.replace(/[;,\s]/g, '');
        for (const forged of [
          `${safe}.${until}.${mac}`,
          `${nonce}.${end}.${mac}`,
          `${nonce}.${until}.${safe}`,
          `${nonce}${safe}.${until}.${mac}`,
          `${safe}`,
          `${nonce}|${until}.${end}.${mac}`,
          `.${nonce}|${until}.${mac}`,
        ])
          if (forged !== value) expect(remembered([`${name}=${forged}`])).toBeUndefined();
      }),
      { numRuns: 500 },
    );
    for (const forged of [
      '',
      '.',
      '..',
      '...',
      `${nonce}.${until}.`,
      `${nonce}.Infinity.${mac}`,
      `${nonce}.1e99.${mac}`,
    ])
      expect(remembered([`${name}=${forged}`])).toBeUndefined();
  });

  test('RL7: each flipped bit of the MAC is refused', () => {
    const bytes = Buffer.from(mac, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(remembered([`${name}=${nonce}.${until}.${flipped.toString('base64url')}`])).toBeUndefined();
    }
  });

  test('RL7: another spelling of the same cookie has the same counter', () => {
    for (const spelt of [`${value}=`, `${value}.x`, `${nonce}.${until}.${mac}!`])
      expect([undefined, nonce]).toContain(remembered([`${name}=${spelt}`])?.nonce);
  });

  test('VC4: a MAC of another purpose is no device', () => {
    for (const purpose of ['code', 'refresh', 'cancel'] as const) {
      const other = ring.mac(purpose, `${owner}|${nonce}|${until}`).toString('base64url');
      expect(remembered([`${name}=${nonce}.${until}.${other}`])).toBeUndefined();
    }
  });
});
