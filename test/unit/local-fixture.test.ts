import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { northwind } from '../../brands/northwind.ts';
import { localCertificate } from '../../local/certificate.ts';
import { readFixture } from '../../local/fixture/read-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-fixture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'fixture.json');
function read(content: unknown) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readFixture(file, northwind);
}

const client = { id: 'suite', redirectUris: ['https://suite.example/callback'] };

describe('the fixture of a test harness', () => {
  it('gives a client what it does not name', () => {
    const { clients, secrets, users } = read({ clients: [{ ...client, secret: 'sixteen letters!' }] });
    expect(clients).toEqual([
      {
        id: 'suite',
        name: 'Test harness',
        firstParty: false,
        authentication: 'client_secret_basic',
        redirectUris: ['https://suite.example/callback'],
        origins: [],
        grants: ['authorization_code', 'refresh_token'],
        scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
        audience: 'https://api.harness.example/',
        idTokenAlg: 'RS256',
      },
    ]);
    expect(secrets).toEqual({ suite: 'sixteen letters!' });
    expect(users).toEqual([]);
  });

  it.each([
    ['{', 'is not JSON.'],
    [{ client: [] }, 'client is not a setting of a fixture.'],
    [
      { issuer: 'https://id.example.com/path' },
      'issuer must be an origin like https://id.example.com, without a path.',
    ],
    [{ users: [{ email: 'nobody', password: 'x' }] }, 'users[0].email must be an email address.'],
    [
      { clients: [{ ...client, redirectUris: ['http://suite.example/'] }] },
      'clients[0].redirectUris[0] "http://suite.example/" must be https (http only for localhost).',
    ],
    [
      { clients: [{ ...client, id: 'northwind-web' }] },
      'clients[0].id northwind-web is a client of the brand already.',
    ],
    [{ clients: [{ ...client, authentication: 'none', pkceExempt: true }] }, 'clients[0].pkceExempt must be left out'],
    [
      { clients: [{ ...client, authentication: 'none', secret: 'sixteen letters!' }] },
      'clients[0].secret suite has no use for a secret.',
    ],
    [{ clients: [{ ...client, secret: 'short' }] }, 'clients[0].secret must have 16 characters or more.'],
    [{ clients: [{ ...client, origins: ['https://suite.example'] }] }, 'clients[0].origins must be empty'],
  ])('refuses %j in one sentence', (content, sentence) => {
    const refusal = () => read(content);
    expect(refusal).toThrow(sentence);
    expect(refusal).toThrow(/^[^\n]+\.$/);
  });

  it('names a file that is not there', () => {
    expect(() => readFixture(join(folder, 'none.json'), northwind)).toThrow(
      /^The fixture .*none\.json cannot be read\.$/,
    );
  });
});

describe('the certificate of --https', () => {
  it('is for localhost and the loopback addresses, and made once', async () => {
    const first = await localCertificate(folder);
    const read = new X509Certificate(first.cert);
    expect(['localhost', '127.0.0.1', '::1'].map((name) => read.checkHost(name) ?? read.checkIP(name))).toEqual([
      'localhost',
      '127.0.0.1',
      '::1',
    ]);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(await localCertificate(folder)).toEqual(first);
  });

  it('is made anew where what is kept is no certificate', async () => {
    const { file, cert } = await localCertificate(folder);
    writeFileSync(file, 'nonsense');
    expect((await localCertificate(folder)).cert).not.toBe(cert);
  });
});
