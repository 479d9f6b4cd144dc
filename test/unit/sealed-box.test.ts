import fc from 'fast-check';
import { expect, test } from 'vitest';
import { open, seal } from '../../lambdas/shared/vault/sealed-box.ts';

const key = Buffer.alloc(32, 7);
const context = 'USER#usr_aaaaaaaaaaaaaaaaaaaaaa';
const value = { email: 'a@example.com', profile: { name: 'Zoë' } };
const sealed = seal(key, value, context);

/** The same sealed value with its bytes changed. */
function changed(change: (bytes: Buffer) => Buffer): string {
  return change(Buffer.from(sealed, 'base64url')).toString('base64url');
}

test('a sealed value opens to what was sealed, under its key and context', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (json, place, secret) => {
      expect(open(secret, seal(secret, json, place), place)).toEqual(JSON.parse(JSON.stringify(json)));
    }),
  );
});

test('each flipped bit of IV, tag or text makes it refuse to open', () => {
  for (let bit = 0; bit < Buffer.from(sealed, 'base64url').length * 8; bit++) {
    const flipped = changed((bytes) => {
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes;
    });
    expect(() => open(key, flipped, context), `bit ${bit}`).toThrow();
  }
});

test('whatever is cut off or put on, it refuses to open: a short tag is no tag', () => {
  const { length } = Buffer.from(sealed, 'base64url');
  for (let kept = 0; kept < length; kept++) {
    expect(
      () =>
        open(
          key,
          changed((bytes) => bytes.subarray(0, kept)),
          context,
        ),
      `${kept} bytes`,
    ).toThrow();
    if (kept > 0)
      expect(() =>
        open(
          key,
          changed((bytes) => bytes.subarray(kept)),
          context,
        ),
      ).toThrow();
  }
  expect(() =>
    open(
      key,
      changed((bytes) => Buffer.concat([bytes, Buffer.alloc(1)])),
      context,
    ),
  ).toThrow();
  expect(() => open(key, '', context)).toThrow();
});

test('VC4: moved to another item, or under another key, it refuses to open', () => {
  fc.assert(
    fc.property(fc.string(), (other) => {
      fc.pre(other !== context);
      expect(() => open(key, sealed, other)).toThrow();
    }),
  );
  expect(() => open(key, sealed, `${context}\0`)).toThrow();
  expect(() => open(Buffer.alloc(32, 8), sealed, context)).toThrow();
});

test('the same value is never sealed twice alike, and nothing of it shows', () => {
  const many = new Set(Array.from({ length: 200 }, () => seal(key, value, context)));
  expect(many.size).toBe(200);
  const ivs = new Set([...many].map((each) => each.slice(0, 16)));
  expect(ivs.size).toBe(200);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('example');
});
