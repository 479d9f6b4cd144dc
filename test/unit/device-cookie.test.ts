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
const cookie = deviceCookie(ring, owner, { nonce: 'bm9uY2Vub25jZTEy' }, now, lifetime);
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
    const [theirs = ''] = deviceCookie(ring, stranger, { nonce }, now, lifetime).split('=');
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
    for (const spelt of [`${value}=`, `${value}.x`, `${value}.`, `${nonce}.${until}.${mac}!`])
      expect([undefined, nonce]).toContain(remembered([`${name}=${spelt}`])?.nonce);
  });

  test('VC4: a MAC of another purpose is no device', () => {
    for (const purpose of ['code', 'refresh', 'cancel'] as const) {
      const other = ring.mac(purpose, `${owner}|${nonce}|${until}`).toString('base64url');
      expect(remembered([`${name}=${nonce}.${until}.${other}`])).toBeUndefined();
    }
  });
});

describe('LOG5: the place in a device cookie', () => {
  const used = {
    countries: ['FR', 'CH'],
    last: { at: 5, country: 'FR', coordinates: { latitude: 45.8, longitude: 4.8 } },
  };
  const [placed = ''] = deviceCookie(ring, owner, { nonce, used }, now, lifetime).split('; ');

  test('LOG5: it comes back, in a cookie that a browser takes, and nobody can read it there', () => {
    expect(remembered([placed])).toEqual({ nonce, used });
    expect(placed.length).toBeLessThan(1024);
    expect(Buffer.from(placed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toMatch(/FR|45\.8|countries/);
  });

  test('LOG5: cookies of the version before stay good, and have no place', () => {
    expect(remembered([pair])).toEqual({ nonce });
  });

  test('LOG5: a place is neither taken out, nor put in, nor carried over to another cookie', () => {
    const other = deviceCookie(ring, owner, { nonce: 'b3RoZXJvdGhlcjEy', used }, now, lifetime).split('; ')[0] ?? '';
    const place = placed.split('.')[3] ?? '';
    const foreign = other.split('.')[3] ?? '';
    const cut = placed.split('.').slice(0, 3).join('.');
    for (const forged of [cut, `${cut}.`, `${pair}.${place}`, `${cut}.${foreign}`, `${placed}x`]) {
      expect(remembered([forged]), forged).toBeUndefined();
    }
  });
});
