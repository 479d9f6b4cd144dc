import { argon2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { normalisePassword } from '../../lambdas/shared/domain/password-policy.ts';
import { hashPassword, verifyPassword } from '../../lambdas/shared/vault/password-hash.ts';

const password = 'wooden lantern swims';
const stored = await hashPassword(password);

/** A PHC string made with other parameters, by node:crypto alone. */
function phc(memory: number, passes: number, parallelism: number, text = password, tagLength = 32): string {
  const nonce = Buffer.from('0123456789abcdef');
  const tag = argon2Sync('argon2id', { message: text, nonce, memory, passes, parallelism, tagLength });
  const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

describe('hashes', () => {
  test('REG5: a stored hash is Argon2id of 19 MiB, two passes, one lane, with 128 bits of salt', () => {
    const [, kind, version, parameters, salt = '', tag = ''] = stored.split('$');
    expect([kind, version, parameters]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
    expect(Buffer.from(salt, 'base64')).toHaveLength(16);
    expect(Buffer.from(tag, 'base64')).toHaveLength(32);
    expect(stored).not.toMatch(/=$/);
    expect(stored).not.toContain(password);
  });

  test('REG5: the same password never has the same hash twice', async () => {
    expect(await hashPassword(password)).not.toBe(stored);
  });

  test('REG5: the right password matches, any other does not', async () => {
    expect(await verifyPassword(password, stored)).toEqual({ matches: true, outdated: false });
    for (const other of ['', `${password} `, password.toUpperCase(), password.slice(1)])
      expect(await verifyPassword(other, stored)).toMatchObject({ matches: false });
  });

  test('REG2: passwords that differ in character 73, 129 or 256 only are two passwords', async () => {
    for (const place of [73, 129, 256]) {
      const [one, other] = [`${'é'.repeat(place - 1)}a`, `${'é'.repeat(place - 1)}b`];
      const hash = await hashPassword(one);
      expect(await verifyPassword(one, hash)).toMatchObject({ matches: true });
      expect(await verifyPassword(other, hash)).toMatchObject({ matches: false });
    }
  });

  test('REG2: nothing ends at a null character', async () => {
    const hash = await hashPassword('abc\0def');
    expect(await verifyPassword('abc', hash)).toMatchObject({ matches: false });
    expect(await verifyPassword('abc\0deg', hash)).toMatchObject({ matches: false });
  });

  test('REG4: é signs in however the keyboard composes it', async () => {
    const hash = await hashPassword(normalisePassword('caf\u00e9 by the harbour'));
    expect(await verifyPassword(normalisePassword('cafe\u0301 by the harbour'), hash)).toMatchObject({ matches: true });
  });
});

describe('upgrade', () => {
  test.each([
    ['less memory', phc(8192, 2, 1), true],
    ['fewer passes', phc(19_456, 1, 1), true],
    ['more memory', phc(32_768, 2, 1), false],
    ['more lanes', phc(19_456, 2, 2), false],
    ['a shorter tag', phc(19_456, 2, 1, password, 16), false],
  ])('REG5: a hash of %s verifies, and is outdated where it is weaker', async (_, hash, outdated) => {
    expect(await verifyPassword(password, hash)).toEqual({ matches: true, outdated });
    expect((await verifyPassword(`${password}!`, hash)).matches).toBe(false);
  });
});

describe('nothing to compare with', () => {
  test.each([
    undefined,
    '',
    password,
    '$argon2id$',
    '$argon2id$v=19$m=19456,t=2,p=1$$',
    '$argon2i$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAA',
    '$argon2id$v=16$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAA',
    '$2b$10$abcdefghijklmnopqrstuv',
    `${stored}\n`,
    ` ${stored}`,
    `${stored}$x`,
    stored.replace('m=19456', 'm=-1'),
    stored.replace('t=2', 't=2.5'),
  ])('LOG1: %j matches nothing and still costs a hash', async (hash) => {
    // The wrong path must not be the fast one: a hash takes tens of milliseconds, a string comparison none.
    const [began, used] = [performance.now(), process.cpuUsage()];
    expect(await verifyPassword(password, hash)).toEqual({ matches: false, outdated: false });
    expect(process.cpuUsage(used).user / 1000 + performance.now() - began).toBeGreaterThan(5);
  });

  test('REG5: a hash that was cut or has other parameters than its tag matches nothing', async () => {
    for (const hash of [stored.slice(0, -8), stored.replace('t=2', 't=3'), stored.replace('m=19456', 'm=19464')])
      expect((await verifyPassword(password, hash)).matches).toBe(false);
  });
});
