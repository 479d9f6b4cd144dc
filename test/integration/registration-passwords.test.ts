import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { signIn, signUp } from './support/journeys.ts';
import { holdings, itemsUnder } from './support/tables.ts';
import { betrays } from './support/traces.ts';
import { type BrandId, goodPassword, newVisitor, randomEmail } from './support/visitor.ts';

const brands = ['northwind', 'solmar'] as const;

/** Words that repeat nothing and stand on no list, cut to a length. */
function phrase(length: number): string {
  return 'kv7 mossy teal barges drift under a pale quiet moon while 93 owls count slow minutes over the cold northern river and hum'
    .repeat(3)
    .slice(0, length);
}

function register(brand: BrandId, password: unknown, email = randomEmail()) {
  const visitor = newVisitor(brand);
  return visitor.post('/v1/registrations', { client_id: visitor.client, email, password });
}

describe.each(brands)('passwords at %s', (brand) => {
  const { minLength, maxLength } = facts[brand].passwords;

  it('REG1: a password below the brand’s length is refused with the rule, at the length it is taken', async () => {
    for (const length of [7, minLength - 1]) {
      const refused = await register(brand, phrase(length));
      expect(refused.status).toBe(400);
      expect(refused.headers.get('content-type')).toBe('application/problem+json');
      expect(refused.json).toMatchObject({
        code: 'password_too_short',
        type: 'urn:latchkey:problem:password_too_short',
      });
      expect(refused.json.errors).toEqual([
        { field: 'password', rule: 'password_too_short', detail: expect.stringContaining(String(minLength)) },
      ]);
    }
    expect((await register(brand, phrase(minLength))).status).toBe(202);
  });

  it('REG1: length is judged before the list, and every refusal says something different', async () => {
    const answers = await Promise.all(
      [phrase(5), phrase(maxLength + 1), 'passwordpassword'].map((p) => register(brand, p)),
    );
    expect(answers.map(({ json }) => json.code)).toEqual([
      'password_too_short',
      'password_too_long',
      'password_common',
    ]);
    expect(new Set(answers.map(({ json }) => json.detail)).size).toBe(3);
  });

  it('REG3: common, repeated, sequential and brand passwords are refused with a reason; phrases that hold one are not', async () => {
    const common = ['qwertyuiop12345', 'Q1W2E3R4T5Y6U7I8', '123456789012345', 'abcdefghijklmnop', 'ababababababababab'];
    const own = facts[brand].passwords.forbidden.filter((word) => word.length >= minLength);
    const branded = [...own, brand.repeat(3), brand.toUpperCase().repeat(3)];
    for (const password of common) expect((await register(brand, password)).json.code).toBe('password_common');
    for (const password of branded) expect((await register(brand, password)).json.code).toBe('password_is_brand_word');
    for (const password of [`${brand} has eleven grey boats`, 'my password is a heron 4 you']) {
      expect((await register(brand, password)).status).toBe(202);
    }
  });

  it('REG3: the own address and its local part are refused, in any case', async () => {
    const local = `clara.oswald.${randomEmail().slice(0, 8)}`;
    const email = `${local}@example.com`;
    for (const password of [local, local.toUpperCase(), email, email.toUpperCase()]) {
      expect((await register(brand, password, email)).json.code).toBe('password_is_identifier');
    }
    expect((await register(brand, `${local} and 4 tin drums`, email)).status).toBe(202);
  });

  it('REG2: lower-case phrases, spaces, emoji, 64 and 128 characters work; nothing is cut or trimmed', async () => {
    const passwords = [
      'slowgreyheronsatdawn',
      '  two spaces before and after  ',
      '🦉🌲🚲🎻🧵🪁🍏🔭🧊🪵🐚🥁🎏🌋🛶',
      phrase(64),
      phrase(128),
    ];
    await Promise.all(
      passwords.map(async (password) => {
        const { email } = await signUp(newVisitor(brand), { password });
        const stranger = newVisitor(brand);
        expect((await signIn(stranger, email, password)).status).toBe(200);
        const near = [password.slice(0, -1), `${password} `, password.trim()].filter((other) => other !== password);
        const far = password.length > 72 ? [`${password.slice(0, 72)}X${password.slice(73)}`] : [];
        for (const other of [...near, ...far]) {
          expect((await signIn(newVisitor(brand), email, other)).status, JSON.stringify(other)).toBe(401);
        }
      }),
    );
  });

  it('REG4: composed and decomposed letters are one password, and length counts characters, not bytes', async () => {
    const composed = 'élégante forêt nº 7 ﬁnie';
    const { email } = await signUp(newVisitor(brand), { password: composed.normalize('NFC') });
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      expect((await signIn(newVisitor(brand), email, composed.normalize(form))).status).toBe(200);
    }
    expect((await signIn(newVisitor(brand), email, 'elegante foret no 7 finie')).status).toBe(401);
    const owls = '🦉🌲🚲🎻🧵🪁🍏🔭🧊🪵🐚🥁🎏🌋🛶';
    expect((await register(brand, [...owls].slice(0, minLength - 1).join(''))).json.code).toBe('password_too_short');
    expect((await register(brand, [...owls].slice(0, minLength).join(''))).status).toBe(202);
  });

  it('REG5: what is stored is salted Argon2id of at least 19 MiB; no table holds the password', async () => {
    const password = `${brand} canary in 5 tall pines`;
    const members = await Promise.all([1, 2].map(() => signUp(newVisitor(brand), { password })));
    const hashes = await Promise.all(
      members.map(async ({ sub }) => String((await holdings(brand, sub)).credential?.hash)),
    );
    expect(hashes[0]).not.toBe(hashes[1]);
    for (const hash of hashes) {
      const [, m, t, p, salt = '', tag = ''] =
        /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? [];
      expect(Number(m)).toBeGreaterThanOrEqual(19_456);
      expect(Number(t)).toBeGreaterThanOrEqual(2);
      expect(Number(p)).toBe(1);
      expect(Buffer.from(salt, 'base64').length).toBeGreaterThanOrEqual(16);
      expect(Buffer.from(tag, 'base64').length).toBeGreaterThanOrEqual(32);
    }
    for (const table of ['Directory', 'Sessions', 'Vault'] as const) {
      expect(betrays(JSON.stringify(await itemsUnder(brand, table, '')), password)).toBe(false);
    }
  });
});

describe('what passwords are not', () => {
  it('REG11: no account answers to a well-known password, and no field asks a secret question', async () => {
    const visitor = newVisitor();
    const pairs = [
      ['admin@example.com', 'admin'],
      ['root@localhost.localdomain', 'root'],
      ['admin@northwind.example', 'password'],
      ['test@example.com', goodPassword],
    ] as const;
    for (const [email, password] of pairs) expect((await signIn(visitor, email, password)).status).toBe(401);
    const contract = await (await fetch(`${visitor.origin}/_local/reference?format=json`)).text();
    expect(contract.match(/"\w*(password_hint|question|mother|answer)\w*"/i)).toBeNull();
  });
});
