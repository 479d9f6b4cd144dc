import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { required } from '../../lambdas/shared/http/configuration.ts';
import { openRing, ringKey } from '../../lambdas/shared/vault/ring.ts';
import { seal } from '../../lambdas/shared/vault/sealed-box.ts';
import { openSigningRing } from '../../lambdas/shared/vault/signing-ring.ts';
import { MemoryTables } from './memory-tables.ts';
import { rejection } from './sample-keys.ts';

const dataKey = Buffer.alloc(32, 5);
const secrets = { root: 'r', keks: [] };
const item = {
  ...ringKey('sealing'),
  version: 1,
  wrappedKey: 'd3JhcHBlZA',
  sealed: seal(dataKey, secrets, 'KEYRING#sealing'),
};

/** KMS as far as one call goes: it answers as told and remembers what it was asked. */
let answer: { readonly status: number; readonly body: object };
let asked: unknown[] = [];
let server: Server;
const environment = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push(JSON.parse(Buffer.concat(await request.toArray()).toString('utf8')));
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(async () => {
  process.env = environment;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const opened = { status: 200, body: { Plaintext: dataKey.toString('base64') } };
beforeEach(() => {
  asked = [];
  answer = opened;
});

/** A Vault that holds this ring item, or none. */
async function access(stored: typeof item | undefined = item) {
  const { tables, items } = new MemoryTables();
  if (stored) items.set(`Vault ${stored.pk} ${stored.sk}`, stored);
  return { tables, keyArn: 'arn:aws:kms:eu-west-1:1:key/k' };
}

describe('opening a ring', () => {
  test('TK8: one Decrypt, under the key of the configuration and the name of the ring', async () => {
    expect(await openRing(await access(), 'sealing')).toEqual(secrets);
    const [call] = asked;
    expect(asked).toHaveLength(1);
    expect(call).toMatchObject({
      KeyId: 'arn:aws:kms:eu-west-1:1:key/k',
      EncryptionContext: { ring: 'sealing' },
      CiphertextBlob: Buffer.from('wrapped').toString('base64'),
    });
  });

  test.each([
    'AccessDeniedException',
    'DisabledException',
    'KMSInvalidStateException',
    'IncorrectKeyException',
    'InvalidCiphertextException',
    'NotFoundException',
  ])('F21, F30: where KMS says %s it is unavailable with Retry-After, and nothing stands in', async (code) => {
    answer = { status: 400, body: { __type: code, message: 'zqx7f' } };
    const refusal = await rejection(openRing(await access(), 'sealing'));
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'unavailable', details: { retryAfter: expect.any(Number) } });
    expect(asked).toHaveLength(1);
    expect(await rejection(openSigningRing(await access({ ...item, ...ringKey('signing') }), Date.now))).toMatchObject({
      code: 'unavailable',
    });
  });

  test.each([
    ['no key', {}],
    ['another key', { Plaintext: Buffer.alloc(32, 6).toString('base64') }],
    ['a short key', { Plaintext: 'AAAA' }],
  ])('F21, F30: where KMS gives %s it is unavailable', async (_, body) => {
    answer = { status: 200, body };
    expect(await rejection(openRing(await access(), 'sealing'))).toMatchObject({ code: 'unavailable' });
  });

  test('TK7: a ring item put in the place of another does not open', async () => {
    const moved = { ...item, ...ringKey('signing') };
    expect(await rejection(openRing(await access(moved), 'signing'))).toMatchObject({ code: 'unavailable' });
  });

  test('F30: while the ring is not made it is unavailable, and KMS is not asked', async () => {
    const { tables } = new MemoryTables();
    expect(await rejection(openRing({ tables, keyArn: 'k' }, 'sealing'))).toMatchObject({ code: 'unavailable' });
    expect(asked).toEqual([]);
  });
});

test('F30: configuration that is missing or empty is an error that names it: nothing is guessed', () => {
  for (const env of [{}, { ISSUER: '' }, { ISSUER: undefined }])
    expect(() => required(env, 'ISSUER')).toThrow('ISSUER');
  expect(required({ ISSUER: 'https://id.example' }, 'ISSUER')).toBe('https://id.example');
});
