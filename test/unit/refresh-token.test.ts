import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newSessionId, newUserId } from '../../lambdas/shared/domain/id.ts';
import { type RefreshTokenSubject, readRefreshToken, refreshToken } from '../../lambdas/shared/oidc/refresh-token.ts';
import { sampleSealing } from './sample-keys.ts';

const ring = sampleSealing();
const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each));
const subjects: fc.Arbitrary<RefreshTokenSubject> = fc
  .tuple(bytes(16), bytes(12), fc.nat(2 ** 47), fc.nat(2 ** 32 - 1))
  .map(([user, session, at, generation]) => ({
    user: newUserId(() => user),
    session: newSessionId(at, () => session),
    generation,
  }));
const subject: RefreshTokenSubject = {
  user: newUserId(() => Buffer.alloc(16, 1)),
  session: newSessionId(1_795_000_000_000, () => Buffer.alloc(12, 2)),
  generation: 3,
};
const token = refreshToken(ring, subject);
const body = Buffer.from(token.slice(4), 'base64url');
const spelt = (each: Uint8Array) => `lkr_${Buffer.from(each).toString('base64url')}`;

test('a refresh token says of which session and generation it is, to its own brand', () => {
  fc.assert(
    fc.property(subjects, (each) => {
      const made = refreshToken(ring, each);
      expect(made).toMatch(/^lkr_[A-Za-z0-9_-]{94}$/);
      expect(readRefreshToken(ring, made)).toEqual(each);
      expect(refreshToken(ring, each)).toBe(made);
    }),
  );
});

test('VC4: another brand cannot read it', () => {
  expect(readRefreshToken(sampleSealing(2), token)).toBeUndefined();
});

test('RT4: each flipped bit makes it nobody’s token', () => {
  for (let bit = 0; bit < body.length * 8; bit++) {
    const flipped = Buffer.from(body);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(readRefreshToken(ring, spelt(flipped)), `bit ${bit}`).toBeUndefined();
  }
});

test('RT4: cut, extended or put together of two tokens it is nobody’s', () => {
  for (let length = 0; length < body.length; length++) {
    expect(readRefreshToken(ring, spelt(body.subarray(0, length)))).toBeUndefined();
    expect(readRefreshToken(ring, spelt(body.subarray(body.length - length)))).toBeUndefined();
  }
  expect(readRefreshToken(ring, spelt(Buffer.concat([body, Buffer.alloc(1)])))).toBeUndefined();
  const next = Buffer.from(refreshToken(ring, { ...subject, generation: 4 }).slice(4), 'base64url');
  for (let at = 1; at < body.length; at++) {
    const mixed = Buffer.concat([body.subarray(0, at), next.subarray(at)]);
    if (!mixed.equals(body) && !mixed.equals(next)) expect(readRefreshToken(ring, spelt(mixed))).toBeUndefined();
  }
});

test('VC4: a MAC of another purpose over the same subject is no token', () => {
  const packed = body.subarray(0, 38);
  for (const purpose of ['code', 'device', 'cancel'] as const)
    expect(
      readRefreshToken(ring, spelt(Buffer.concat([packed, ring.mac(purpose, packed.toString('hex'))]))),
    ).toBeUndefined();
});

test('whatever else comes is undefined and no fault', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `lkr_${text}`),
        fc.base64String(),
      ),
      (text) => {
        expect(readRefreshToken(ring, text)).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
  for (const text of ['', 'lkr_', token.slice(4), `x${token}`, token.toUpperCase(), `lkr_${'A'.repeat(1_000_000)}`])
    expect(readRefreshToken(ring, text)).toBeUndefined();
});
