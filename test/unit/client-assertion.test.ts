import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Brand, Client } from '../../lambdas/shared/domain/brand.ts';
import { findClient } from '../../lambdas/shared/domain/clients.ts';
import { assertionType, verifyClientAssertion } from '../../lambdas/shared/oidc/client-assertion.ts';
import { authenticateClient, presentedClient } from '../../lambdas/shared/oidc/client-authentication.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import { spendOnce } from '../../lambdas/shared/store/jti-store.ts';
import { sampleBrands } from './mail-samples.ts';
import { MemoryTables } from './memory-tables.ts';
import { rejection, sampleIssuer } from './sample-keys.ts';

const now = Date.parse('2026-11-21T14:05:00Z');
const epoch = now / 1000;
const audiences = [sampleIssuer, `${sampleIssuer}/oauth2/token`];

const ours = await generateKeyPair('ES256', { extractable: true });
const rsa = await generateKeyPair('PS256', { extractable: true });
const theirs = await generateKeyPair('ES256', { extractable: true });
const [registered] = sampleBrands[0].clients.filter(({ authentication }) => authentication === 'private_key_jwt');
if (!registered) throw new Error('the brand has no client with a key');
const client: Client = {
  ...registered,
  jwks: {
    keys: [
      { ...(await exportJWK(ours.publicKey)), kty: 'EC', kid: 'ec', alg: 'ES256' },
      { ...(await exportJWK(rsa.publicKey)), kty: 'RSA', kid: 'rsa', alg: 'PS256' },
    ],
  },
};
const brand: Brand = {
  ...sampleBrands[0],
  clients: [...sampleBrands[0].clients.filter((it) => it !== registered), client],
};

type Json = Readonly<Record<string, unknown>>;
const goodHeader = { alg: 'ES256', kid: 'ec' };
const goodClaims = { iss: client.id, sub: client.id, aud: sampleIssuer, exp: epoch + 60, iat: epoch, jti: 'one' };
function assertion(claims: Json = {}, header: Json = {}, key = ours.privateKey): Promise<string> {
  const shown = { ...goodHeader, ...header } as Parameters<SignJWT['setProtectedHeader']>[0];
  return new SignJWT({ ...goodClaims, ...claims }).setProtectedHeader(shown).sign(key);
}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const verify = (text: string, at = now) => verifyClientAssertion(client, text, { audiences, now: at });
const refused = async (text: string, at = now) => {
  const error = await rejection(verify(text, at));
  expect(error).toBeInstanceOf(OAuthRefusal);
  return error as OAuthRefusal;
};

describe('an honest assertion', () => {
  test.each<readonly [string, Json, Json]>([
    ['for the issuer', {}, {}],
    ['for the token endpoint', { aud: audiences[1] }, {}],
    ['for the issuer as the one member of a list', { aud: [sampleIssuer] }, {}],
    ['without a kid', {}, { kid: undefined }],
    ['typed', {}, { typ: 'JWT' }],
    ['typed as RFC 7523bis has it', {}, { typ: 'client-authentication+jwt' }],
    ['with a clock a little ahead', { iat: epoch + 5, nbf: epoch + 5 }, {}],
    ['with five minutes to live', { exp: epoch + 300 }, {}],
  ])('%s', async (_, claims, header) => {
    expect(await verify(await assertion(claims, header))).toMatchObject({ jti: 'one' });
  });

  test('by the other key', async () => {
    const text = await assertion({}, { alg: 'PS256', kid: 'rsa' }, rsa.privateKey);
    expect(await verify(text)).toEqual({ jti: 'one', until: epoch + 60 });
  });
});

describe('mutations', () => {
  const corpus: Readonly<Record<string, () => string | Promise<string>>> = {
    'no JWT': () => 'abc',
    'alg none': () => `${part({ alg: 'none', kid: 'ec' })}.${part(goodClaims)}.`,
    'HS256 with the public key': () => {
      const input = `${part({ alg: 'HS256', kid: 'ec' })}.${part(goodClaims)}`;
      const secret = JSON.stringify(client.jwks?.keys[0]);
      return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    },
    'another key': () => assertion({}, {}, theirs.privateKey),
    'another key, brought along': async () =>
      assertion({}, { jwk: await exportJWK(theirs.publicKey), kid: undefined }, theirs.privateKey),
    'another key, by address': () =>
      assertion({}, { jku: 'https://evil.example/jwks', kid: 'evil' }, theirs.privateKey),
    'an unknown kid': () => assertion({}, { kid: 'old' }),
    'the kid of the other key': () => assertion({}, { kid: 'rsa' }),
    'RS256 by a key that is registered for PS256': async () => {
      const pair = await crypto.subtle.exportKey('pkcs8', rsa.privateKey);
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
      const key = await crypto.subtle.importKey('pkcs8', pair, algorithm, false, ['sign']);
      return assertion({}, { alg: 'RS256', kid: 'rsa' }, key);
    },
    'typ at+jwt': () => assertion({}, { typ: 'at+jwt' }),
    'typ dpop+jwt': () => assertion({}, { typ: 'dpop+jwt' }),
    'typ logout+jwt': () => assertion({}, { typ: 'logout+jwt' }),
    'no iss': () => assertion({ iss: undefined }),
    'another iss': () => assertion({ iss: 'northwind-backend' }),
    'no sub': () => assertion({ sub: undefined }),
    'another sub': () => assertion({ sub: 'northwind-backend' }),
    'no aud': () => assertion({ aud: undefined }),
    'an empty aud': () => assertion({ aud: [] }),
    'aud of another server': () => assertion({ aud: 'https://id.solmar.example' }),
    'aud with a slash': () => assertion({ aud: `${sampleIssuer}/` }),
    'aud in another case': () => assertion({ aud: sampleIssuer.toUpperCase() }),
    'aud as a prefix': () => assertion({ aud: sampleIssuer.slice(0, -1) }),
    'two audiences, ours first': () => assertion({ aud: [sampleIssuer, 'https://evil.example'] }),
    'issuer and token endpoint at once': () => assertion({ aud: audiences }),
    'no exp': () => assertion({ exp: undefined }),
    'expired this second': () => assertion({ exp: epoch }),
    expired: () => assertion({ exp: epoch - 600, iat: epoch - 660 }),
    'more than five minutes to live': () => assertion({ exp: epoch + 301 }),
    'a year to live': () => assertion({ exp: epoch + 31_536_000 }),
    'exp in words': () => assertion({ exp: `${epoch + 60}` as unknown as number }),
    'made in the future': () => assertion({ iat: epoch + 60 }),
    'not yet valid': () => assertion({ nbf: epoch + 60 }),
    'no jti': () => assertion({ jti: undefined }),
    'an empty jti': () => assertion({ jti: '' }),
    'a jti that is no text': () => assertion({ jti: 1 as unknown as string }),
    'a jti without end': () => assertion({ jti: 'x'.repeat(257) }),
    'claims that are a list': () => `${part(goodHeader)}.${part([])}.AAAA`,
    'changed claims under the old signature': async () => {
      const [head, , signature] = (await assertion()).split('.');
      return `${head}.${part({ ...goodClaims, jti: 'two' })}.${signature}`;
    },
  };

  test.each(Object.entries(corpus))('OP14: %s is invalid_client', async (_, make) => {
    const { error, description } = await refused(await make());
    expect([error, description]).toEqual(['invalid_client', 'client authentication failed']);
  });
});

describe('as a client authenticates', () => {
  const { tables } = new MemoryTables();
  const spendAssertion = async (of: Client, text: string) => {
    const { jti, until } = await verifyClientAssertion(of, text, { audiences, now });
    if (await spendOnce(tables, { kind: 'assertion', of: of.id, jti, until }, now)) return;
    throw new OAuthRefusal('invalid_client', 'client authentication failed');
  };
  const secretHashes = async () => ['AAAA'];
  const authenticate = (authorization: string | undefined, parameters: Record<string, string>) => {
    const presented = presentedClient(authorization, parameters);
    return authenticateClient(findClient(brand, presented.id), presented, { secretHashes, spendAssertion });
  };
  const by = (client_assertion: string) => ({ client_assertion, client_assertion_type: assertionType });
  const errorOf = async (authorization: string | undefined, parameters: Record<string, string>) => {
    const error = await rejection((async () => authenticate(authorization, parameters))());
    return error instanceof OAuthRefusal ? error.error : error;
  };

  test('OP14: an assertion authenticates once, with client_id or without it', async () => {
    const text = await assertion({ jti: 'fresh' });
    expect((await authenticate(undefined, by(text))).id).toBe(client.id);
    expect(await errorOf(undefined, by(text))).toBe('invalid_client');
    const second = { ...by(await assertion({ jti: 'second' })), client_id: client.id };
    expect((await authenticate(undefined, second)).id).toBe(client.id);
    expect(await errorOf(undefined, second)).toBe('invalid_client');
  });

  test('OP14: of twenty at once, one wins', async () => {
    const text = await assertion({ jti: 'raced' });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => authenticate(undefined, by(text))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('OP14: a jti counts for its own client', async () => {
    const spend = (of: string) => spendOnce(tables, { kind: 'assertion', of, jti: 'shared', until: epoch }, now);
    expect([await spend('a'), await spend('b'), await spend('a')]).toEqual([true, true, false]);
  });

  test.each<readonly [string, string | undefined, Record<string, string>, string]>([
    ['an assertion and a secret', undefined, { client_secret: 'x' }, 'invalid_request'],
    ['an assertion and Basic', `Basic ${btoa(`${client.id}:x`)}`, {}, 'invalid_request'],
    ['another client_id', undefined, { client_id: 'northwind-backend' }, 'invalid_client'],
    [
      'another type',
      undefined,
      { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' },
      'invalid_client',
    ],
    ['no type', undefined, { client_assertion_type: '' }, 'invalid_client'],
  ])('OP14: %s is %4$s', async (_, authorization, parameters, error) => {
    expect(await errorOf(authorization, { ...by(await assertion({ jti: 'x' })), ...parameters })).toBe(error);
  });

  test('OP14: a type without an assertion is invalid_request', async () => {
    expect(await errorOf(undefined, { client_id: client.id, client_assertion_type: assertionType })).toBe(
      'invalid_request',
    );
  });

  test('OP14: a client with a key gets in by nothing else', async () => {
    expect(await errorOf(undefined, { client_id: client.id })).toBe('invalid_client');
    expect(await errorOf(undefined, { client_id: client.id, client_secret: '' })).toBe('invalid_client');
    expect(await errorOf(`Basic ${btoa(`${client.id}:x`)}`, {})).toBe('invalid_client');
  });

  test('OP14: a client without a key gets in by no assertion', async () => {
    const named = { iss: 'northwind-backend', sub: 'northwind-backend' };
    expect(await errorOf(undefined, by(await assertion(named)))).toBe('invalid_client');
    const nobody = { iss: 'nobody', sub: 'nobody' };
    expect(await errorOf(undefined, by(await assertion(nobody)))).toBe('invalid_client');
  });
});
