import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findClient } from '../../lambdas/shared/domain/clients.ts';
import { authenticateClient, presentedClient } from '../../lambdas/shared/oidc/client-authentication.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import { sampleBrands } from './mail-samples.ts';
import { rejection } from './sample-keys.ts';

const [brand] = sampleBrands;
const secret = 'zqx7f+/=% ü:0';
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
const secretHashes = async (id: string) => (id.startsWith('northwind-') ? [hashOf('older'), hashOf(secret)] : []);
const spendAssertion = () => Promise.reject(new Error('nobody asserts here'));
const deps = { secretHashes, spendAssertion };
const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
const basic = (id: string, text: string) => `Basic ${Buffer.from(`${encode(id)}:${encode(text)}`).toString('base64')}`;

async function authenticate(authorization: string | undefined, parameters: Record<string, string> = {}) {
  const presented = presentedClient(authorization, parameters);
  return (await authenticateClient(findClient(brand, presented.id), presented, deps)).id;
}
const refused = async (authorization: string | undefined, parameters: Record<string, string> = {}) => {
  const error = await rejection(authenticate(authorization, parameters));
  if (error instanceof OAuthRefusal) return error;
  throw error;
};

describe('the registered method', () => {
  const [web, backend, warehouse] = ['northwind-web', 'northwind-backend', 'northwind-warehouse'];

  test('OP14: basic, post and none each authenticate where they are registered', async () => {
    expect(await authenticate(basic(backend, secret))).toBe(backend);
    expect(await authenticate(basic(backend, secret), { client_id: backend })).toBe(backend);
    expect(await authenticate(undefined, { client_id: warehouse, client_secret: secret })).toBe(warehouse);
    expect(await authenticate(undefined, { client_id: web })).toBe(web);
  });

  test('OP14: both of two secrets work while one replaces the other', async () => {
    expect(await authenticate(basic(backend, 'older'))).toBe(backend);
  });

  test.each<readonly [string, string | undefined, Record<string, string>]>([
    ['post where basic is registered', undefined, { client_id: backend, client_secret: secret }],
    ['basic where post is registered', basic(warehouse, secret), {}],
    ['basic where none is registered', basic(web, secret), {}],
    ['post where none is registered', undefined, { client_id: web, client_secret: secret }],
    ['an empty secret where none is registered', undefined, { client_id: web, client_secret: '' }],
    ['none where basic is registered', undefined, { client_id: backend }],
    ['none where post is registered', undefined, { client_id: warehouse }],
    ['a wrong secret by basic', basic(backend, `${secret}x`), {}],
    ['a wrong secret by post', undefined, { client_id: warehouse, client_secret: 'x' }],
    ['an empty secret by basic', basic(backend, ''), {}],
    ['an empty secret by post', undefined, { client_id: warehouse, client_secret: '' }],
    ['the hash for the secret', undefined, { client_id: warehouse, client_secret: hashOf(secret) }],
    ['an unknown client', basic('nobody', secret), {}],
    ['an inherited name', undefined, { client_id: 'constructor' }],
    ['a client of another brand', undefined, { client_id: 'solmar-web' }],
    ['another case', undefined, { client_id: 'Northwind-Web' }],
    ['no client', undefined, {}],
    ['an empty client_id', undefined, { client_id: '' }],
  ])('OP14: %s is invalid_client', async (_, authorization, parameters) => {
    const refusal = await refused(authorization, parameters);
    expect(refusal.error).toBe('invalid_client');
    expect(refusal.description + refusal.message + refusal.stack).not.toContain('zqx7f');
  });

  test('OP14: an unknown client and a wrong secret are refused in the same words', async () => {
    const [unknown, wrong, method] = await Promise.all([
      refused(basic('nobody', secret)),
      refused(basic(backend, 'x')),
      refused(basic(warehouse, secret)),
    ]);
    expect(new Set([unknown, wrong, method].map(({ error, description }) => `${error} ${description}`)).size).toBe(1);
  });

  test('OP14: two methods at once are invalid_request, also with an empty secret', async () => {
    for (const client_secret of [secret, 'x', ''])
      expect((await refused(basic(backend, secret), { client_id: backend, client_secret })).error).toBe(
        'invalid_request',
      );
    expect((await refused(basic(backend, secret), { client_secret: secret })).error).toBe('invalid_request');
  });

  test('OP14: a client_id that differs from the header is invalid_request', async () => {
    expect((await refused(basic(backend, secret), { client_id: web })).error).toBe('invalid_request');
    expect((await refused(basic(backend, secret), { client_id: '' })).error).toBe('invalid_request');
  });

  test('OP14: a client without a stored secret is never authenticated by one', async () => {
    const presented = presentedClient(basic(backend, ''), {});
    for (const hashes of [[], [''], ['AAAA'], [hashOf('').slice(1)]])
      expect(
        await rejection(
          authenticateClient(findClient(brand, backend), presented, { ...deps, secretHashes: async () => hashes }),
        ),
      ).toMatchObject({
        error: 'invalid_client',
      });
  });

  test('RL9: where the secrets cannot be read, the failure shows and nobody is let in', async () => {
    const fault = new Error('unavailable');
    const presented = presentedClient(basic(backend, secret), {});
    expect(
      await rejection(
        authenticateClient(findClient(brand, backend), presented, {
          ...deps,
          secretHashes: () => Promise.reject(fault),
        }),
      ),
    ).toBe(fault);
  });
});

describe('the Authorization header', () => {
  test('OP14: both parts are form-decoded: percent, plus, colon, any script (RFC 6749 section 2.3.1)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (id, text) => {
        expect(presentedClient(basic(id, text), {})).toEqual({ id, secret: text, method: 'client_secret_basic' });
      }),
      { numRuns: 300 },
    );
    const raw = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    expect(presentedClient(raw('a:b+c%2Bd%3a:e'), {})).toMatchObject({ id: 'a', secret: 'b c+d::e' });
    expect(presentedClient(raw('a%3Ab:c'), {})).toMatchObject({ id: 'a:b', secret: 'c' });
    expect(presentedClient(raw('a:b').replace('Basic', 'bASIC'), {})).toMatchObject({ id: 'a' });
  });

  const malformed = [
    '',
    'Basic',
    'Basic ',
    'Basic !!!!',
    'Basic  YTpi',
    'Basic YTpi YTpi',
    'Basic YTpi, Bearer x',
    'Bearer YTpi',
    'YTpi',
    `Basic ${Buffer.from('no colon').toString('base64')}`,
    `Basic ${Buffer.from(':secret').toString('base64')}`,
    `Basic ${Buffer.from('a:%').toString('base64')}`,
    `Basic ${Buffer.from('%zz:b').toString('base64')}`,
    `Basic ${Buffer.from('a:%c3%28').toString('base64')}`,
    'Basic YTpi\r\nX: y',
  ];
  test.each(malformed)('OP14: %j is invalid_client, whatever the parameters', async (header) => {
    for (const parameters of [undefined, { client_id: 'northwind-web' }]) {
      const refusal = await refused(header, parameters);
      expect(refusal.error).toBe('invalid_client');
      expect(refusal.description).toBe('the Authorization header is malformed');
    }
  });

  test('OP14: no header is a fault', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `Basic ${text}`),
          fc.base64String().map((text) => `Basic ${text}`),
        ),
        (header) => {
          try {
            presentedClient(header, {});
          } catch (error) {
            expect(error).toBeInstanceOf(OAuthRefusal);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
