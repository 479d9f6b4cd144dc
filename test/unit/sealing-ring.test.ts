import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { provenFlow } from '../../lambdas/account/cancel-address-change.ts';
import { cancelLink, cancelToken } from '../../lambdas/shared/domain/cancel-link.ts';
import { type FlowId, newFlowId, newUserId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import type { LookupKind, MacPurpose } from '../../lambdas/shared/vault/sealing-ring.ts';
import { sampleIssuer, sampleSealing } from './sample-keys.ts';

const ring = sampleSealing();
const other = sampleSealing(2);
const purposes: readonly MacPurpose[] = ['code', 'refresh', 'device', 'cancel'];
const kinds: readonly LookupKind[] = ['email', 'ip', 'device'];
const anyText = fc.oneof(fc.string(), fc.constantFrom('', '|', 'a|b', 'email|a@example.com'));

describe('keyed functions', () => {
  test('VC4: no two purposes, kinds, texts or brands share a value', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText, { minLength: 1, maxLength: 4 }), (texts) => {
        const values = [ring, other].flatMap((each) =>
          texts.flatMap((text) => [
            ...purposes.map((purpose) => each.mac(purpose, text).toString('base64url')),
            ...kinds.map((kind) => each.lookup(kind, text)),
          ]),
        );
        expect(new Set(values).size).toBe(values.length);
        expect(values.every((value) => /^[A-Za-z0-9_-]{43}$/.test(value))).toBe(true);
      }),
    );
  });

  test('the same secrets make the same functions: every instance of a function agrees', () => {
    expect(sampleSealing().lookup('email', 'a@example.com')).toBe(ring.lookup('email', 'a@example.com'));
    expect(sampleSealing().mac('refresh', 'x')).toEqual(ring.mac('refresh', 'x'));
  });

  test('VC4: what is sealed for one item opens for no other, nor under another brand', () => {
    const sealed = ring.sealEphemeral('FLOW#a', { email: 'a@example.com' });
    expect(ring.openEphemeral('FLOW#a', sealed)).toEqual({ email: 'a@example.com' });
    expect(() => ring.openEphemeral('FLOW#b', sealed)).toThrow();
    expect(() => ring.openEphemeral('GRANT#a', sealed)).toThrow();
    expect(() => other.openEphemeral('FLOW#a', sealed)).toThrow();
  });

  test('a person’s data key opens with its own id and key-encryption key alone', () => {
    const [user, stranger] = [newUserId(systemRandom), newUserId(systemRandom)];
    const { key, wrapped, kek } = ring.newDataKey(user);
    expect(Buffer.from(ring.unwrapDataKey(user, wrapped, kek))).toEqual(Buffer.from(key));
    expect(ring.newDataKey(user).key).not.toEqual(key);
    expect(() => ring.unwrapDataKey(stranger, wrapped, kek)).toThrow();
    expect(() => other.unwrapDataKey(user, wrapped, kek)).toThrow();
    expect(() => ring.unwrapDataKey(user, wrapped, 'k2')).toThrow('k2');
    expect(wrapped).not.toContain(Buffer.from(key).toString('base64url'));
  });
});

describe('mailed codes', () => {
  const flow = { id: 'flw_aaaaaaaaaaaaaaaaaaaaaa', purpose: 'recovery', nonce: 'n' };

  test('VC1: six digits, spread evenly: each digit at each place comes about as often', () => {
    const draws = 20_000;
    const seen = Array.from({ length: 6 }, () => Array<number>(10).fill(0));
    const codes = new Set<string>();
    for (let at = 0; at < draws; at++) {
      const code = ring.mailedCode({ ...flow, nonce: String(at) });
      expect(code).toMatch(/^\d{6}$/);
      codes.add(code);
      [...code].forEach((digit, place) => {
        const counts = seen[place];
        if (counts) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
      });
    }
    // Chi-squared with 9 degrees of freedom is above 33.7 once in 10,000 fair trials; the ring's secrets are fixed.
    for (const counts of seen) {
      const expected = draws / 10;
      expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(33.7);
    }
    // 20,000 of a million: about 199 meet by chance.
    expect(codes.size).toBeGreaterThan(draws - 270);
  });

  test('VC4, VC6: another flow, purpose, nonce or brand has another code; the same has the same (F12)', () => {
    const nonces = Array.from({ length: 300 }, (_, at) => `n${at}`);
    const meets = (change: (nonce: string) => string) =>
      nonces.filter((nonce) => change(nonce) === ring.mailedCode({ ...flow, nonce })).length;
    expect(meets((nonce) => sampleSealing().mailedCode({ ...flow, nonce }))).toBe(nonces.length);
    expect(meets((nonce) => ring.mailedCode({ ...flow, nonce, purpose: 'login-code' }))).toBeLessThan(3);
    expect(meets((nonce) => ring.mailedCode({ ...flow, nonce, id: 'flw_aaaaaaaaaaaaaaaaaaaaab' }))).toBeLessThan(3);
    expect(meets((nonce) => ring.mailedCode({ ...flow, nonce: `${nonce}x` }))).toBeLessThan(3);
    expect(meets((nonce) => other.mailedCode({ ...flow, nonce }))).toBeLessThan(3);
  });
});

describe('the link that stops a change of address', () => {
  const id = newFlowId(systemRandom);
  const token = cancelToken(ring.mac, id);

  test('VC8: it leads to the issuer of the configuration and carries 256 bits', () => {
    const link = new URL(cancelLink(sampleIssuer, ring.mac, id));
    expect(link.origin).toBe(sampleIssuer);
    expect(provenFlow(ring, link.searchParams.get('flow') ?? '', link.searchParams.get('token') ?? '')).toBe(id);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  test('VC4: a token of another flow, purpose or brand proves nothing', () => {
    const stranger = newFlowId(systemRandom);
    for (const wrong of [
      cancelToken(ring.mac, stranger),
      cancelToken(other.mac, id),
      ...(['code', 'refresh', 'device'] as const).map((purpose) => ring.mac(purpose, id).toString('base64url')),
      ring.lookup('email', id),
    ])
      expect(provenFlow(ring, id, wrong)).toBeUndefined();
  });

  test('EM2: whatever is changed in flow or token, it proves nothing and is no fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(60), fc.boolean(), (text, at, ofFlow) => {
        const spoil = (whole: string) => whole.slice(0, at) + text + whole.slice(at + text.length);
        const [flow, proof] = ofFlow ? [spoil(id), token] : [id, spoil(token)];
        fc.pre(flow !== id || proof !== token);
        expect(provenFlow(ring, flow, proof)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
    for (const wrong of ['', `${token}=`, ` ${token}`, token.slice(1), `${token}A`])
      expect(provenFlow(ring, id, wrong)).toBeUndefined();
    expect(provenFlow(ring, `${id}\n` as FlowId, token)).toBeUndefined();
  });
});
