import { createHash, createHmac } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { dpopNonces } from '../../lambdas/shared/oidc/dpop-nonce.ts';
import { DpopRefusal, type ProofExpectations, verifyDpopProof } from '../../lambdas/shared/oidc/dpop-proof.ts';
import { clientSigningAlgs } from '../../lambdas/shared/oidc/public-jwk.ts';
import { rejection, sampleIssuer, sampleSealing } from './sample-keys.ts';

const now = Date.parse('2026-11-21T14:05:00Z');
const epoch = now / 1000;
const url = `${sampleIssuer}/oauth2/userinfo`;
const [nonce, olderNonce] = dpopNonces(sampleSealing(), now);
const accessToken = 'eyJ.the-token.sig';
const ath = createHash('sha256').update(accessToken).digest('base64url');
const expected: ProofExpectations = { method: 'GET', url, now, nonces: [nonce, olderNonce], accessToken };

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = await exportJWK(publicKey);
const privateJwk = await exportJWK(privateKey);
const other = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);

type Json = Readonly<Record<string, unknown>>;
const goodHeader = { typ: 'dpop+jwt', alg: 'ES256', jwk };
const goodClaims = { jti: 'a-proof', htm: 'GET', htu: url, iat: epoch, nonce, ath };

/** A proof that the key of the header signed, whatever it says; `undefined` leaves a member out. */
function proof(claims: Json = {}, header: Json = {}): Promise<string> {
  const shown = { ...goodHeader, ...header } as Parameters<SignJWT['setProtectedHeader']>[0];
  return new SignJWT({ ...goodClaims, ...claims }).setProtectedHeader(shown).sign(privateKey);
}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: Json, claims: Json = {}) =>
  `${part({ ...goodHeader, ...header })}.${part({ ...goodClaims, ...claims })}`;
const hmac = (header: Json, secret: string) => {
  const input = unsigned({ alg: 'HS256', ...header });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
/** Keeps what was signed and changes the header afterwards. */
async function reheaded(header: Json): Promise<string> {
  const [, claims = '', signature = ''] = (await proof()).split('.');
  return `${part({ ...goodHeader, ...header })}.${claims}.${signature}`;
}
const refusal = async (text: string, wants: ProofExpectations = expected) => {
  const error = await rejection(verifyDpopProof(text, wants));
  expect(error).toBeInstanceOf(DpopRefusal);
  return error as DpopRefusal;
};

describe('an honest proof', () => {
  test('says which key it proves (RFC 9449 section 4.3)', async () => {
    const jkt = await calculateJwkThumbprint(jwk);
    expect(await verifyDpopProof(await proof(), expected)).toEqual({ jkt, jti: 'a-proof' });
  });

  test.each(clientSigningAlgs)('%s is taken', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const shown = await exportJWK(pair.publicKey);
    const text = await new SignJWT(goodClaims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk: shown })
      .sign(pair.privateKey);
    expect((await verifyDpopProof(text, expected)).jkt).toBe(await calculateJwkThumbprint(shown));
  });

  test('the key is told by its thumbprint, whatever else the header says of it', async () => {
    const decorated = { ...jwk, kid: 'x', use: 'sig', alg: 'ES256', x5c: ['AA'] };
    expect((await verifyDpopProof(await proof({}, { jwk: decorated }), expected)).jkt).toBe(
      await calculateJwkThumbprint(jwk),
    );
  });

  test.each([
    ['60 seconds old', { iat: epoch - 60 }],
    ['60 seconds ahead', { iat: epoch + 60 }],
    ['with the nonce before', { nonce: olderNonce }],
    [
      'with its address spelt otherwise',
      { htu: url.replace('https://id', 'HTTPS://ID').replace('/oauth2', ':443/oauth2') },
    ],
  ])('%s', async (_, claims) => {
    expect(await verifyDpopProof(await proof(claims), expected)).toMatchObject({ jti: 'a-proof' });
  });

  test('asks for no nonce and no token where there is none', async () => {
    const bare = await proof({ nonce: undefined, ath: undefined });
    expect(await verifyDpopProof(bare, { method: 'GET', url, now })).toMatchObject({ jti: 'a-proof' });
  });
});

describe('mutations', () => {
  const withMember = (member: string, value: unknown) => () => proof({}, { jwk: { ...jwk, [member]: value } });
  const corpus: Readonly<Record<string, () => string | Promise<string>>> = {
    'no proof': () => '',
    'no JWT': () => 'abc',
    'two proofs joined by a comma': async () => `${await proof()}, ${await proof({ jti: 'b' })}`,
    'a proof beyond all bounds': () => proof({ pad: 'x'.repeat(5000) }),
    'no typ': () => proof({}, { typ: undefined }),
    'typ JWT': () => proof({}, { typ: 'JWT' }),
    'typ at+jwt': () => proof({}, { typ: 'at+jwt' }),
    'typ dpop+jwt of another spelling': () => proof({}, { typ: 'application/dpop+jwt' }),
    'alg none': () => `${unsigned({ alg: 'none' })}.`,
    'alg none with the old signature': () => reheaded({ alg: 'none' }),
    'HS256 with an oct key in the header': () =>
      hmac({ jwk: { kty: 'oct', k: Buffer.from('secret').toString('base64url') } }, 'secret'),
    'HS256 with the public key as secret': () => hmac({}, JSON.stringify(jwk)),
    'ES384 claimed': () => reheaded({ alg: 'ES384' }),
    'RS256 claimed for an EC key': () => reheaded({ alg: 'RS256' }),
    'an alg that every object has': () => reheaded({ alg: 'constructor' }),
    'no jwk': () => proof({}, { jwk: undefined }),
    'jwk null': () => reheaded({ jwk: null }),
    'a kid for the jwk': () => proof({}, { jwk: undefined, kid: 'x' }),
    'a private key in the header': () => proof({}, { jwk: privateJwk }),
    'a private member that is empty': withMember('d', ''),
    'a private RSA member': withMember('qi', 'AA'),
    'a symmetric member': withMember('k', 'AA'),
    'another key than the one that signed': () => proof({}, { jwk: other }),
    'a curve that does not fit': withMember('crv', 'P-384'),
    'half a key': withMember('y', undefined),
    'a point off the curve': withMember('x', Buffer.alloc(32, 1).toString('base64url')),
    'an unknown critical header': () => reheaded({ crit: ['b64'], b64: false }),
    'changed claims under the old signature': async () => {
      const [head, , signature] = (await proof()).split('.');
      return `${head}.${part({ ...goodClaims, htm: 'POST' })}.${signature}`;
    },
    'no signature': async () => (await proof()).replace(/[^.]+$/, ''),
    'a signature of zeros': async () => (await proof()).replace(/[^.]+$/, Buffer.alloc(64).toString('base64url')),
    'no htm': () => proof({ htm: undefined }),
    'another htm': () => proof({ htm: 'POST' }),
    'htm in lower case': () => proof({ htm: 'get' }),
    'no htu': () => proof({ htu: undefined }),
    'another path': () => proof({ htu: `${sampleIssuer}/oauth2/token` }),
    'another host': () => proof({ htu: 'https://evil.example/oauth2/userinfo' }),
    'plain http': () => proof({ htu: url.replace('https:', 'http:') }),
    'another port': () => proof({ htu: url.replace('/oauth2', ':8443/oauth2') }),
    'a user in the address': () => proof({ htu: url.replace('https://', 'https://id@') }),
    'a query': () => proof({ htu: `${url}?x=1` }),
    'a fragment': () => proof({ htu: `${url}#x` }),
    'a slash too many': () => proof({ htu: `${url}/` }),
    'the path alone': () => proof({ htu: '/oauth2/userinfo' }),
    'htu as an array': () => proof({ htu: [url] }),
    'no iat': () => proof({ iat: undefined }),
    'iat in words': () => proof({ iat: `${epoch}` as unknown as number }),
    'iat in milliseconds': () => proof({ iat: now }),
    '61 seconds old': () => proof({ iat: epoch - 61 }),
    '61 seconds ahead': () => proof({ iat: epoch + 61 }),
    'expired by its own word': () => proof({ exp: epoch - 1 }),
    'not yet valid by its own word': () => proof({ nbf: epoch + 30 }),
    'no jti': () => proof({ jti: undefined }),
    'an empty jti': () => proof({ jti: '' }),
    'a jti that is no text': () => proof({ jti: 7 as unknown as string }),
    'a jti without end': () => proof({ jti: 'x'.repeat(257) }),
    'no ath': () => proof({ ath: undefined }),
    'ath of another token': () => proof({ ath: createHash('sha256').update('other').digest('base64url') }),
    'the token itself as ath': () => proof({ ath: accessToken }),
    'ath in plain base64': () => proof({ ath: Buffer.from(ath, 'base64url').toString('base64') }),
  };

  test.each(Object.entries(corpus))('DPOP1: %s is invalid_dpop_proof', async (_, make) => {
    expect((await refusal(await make())).error).toBe('invalid_dpop_proof');
  });

  test('DPOP1: claims that are no object are refused', async () => {
    for (const claims of [[], 'text', null, 7]) {
      const [head = '', , signature = ''] = (await proof()).split('.');
      expect((await refusal(`${head}.${part(claims)}.${signature}`)).error).toBe('invalid_dpop_proof');
    }
  });

  test.each([
    ['no nonce', undefined],
    ['an empty nonce', ''],
    ['a nonce of its own', 'x'.repeat(43)],
    ['a nonce of another brand', dpopNonces(sampleSealing(2), now)[0]],
    ['a nonce of long ago', dpopNonces(sampleSealing(), now - 600_000)[0]],
    ['a nonce of the future', dpopNonces(sampleSealing(), now + 600_000)[0]],
  ])('DPOP1: %s is use_dpop_nonce', async (_, value) => {
    expect((await refusal(await proof({ nonce: value }))).error).toBe('use_dpop_nonce');
  });

  test('DPOP1: a proof that is wrong anyway is not asked for a nonce', async () => {
    expect((await refusal(await proof({ nonce: undefined, htm: 'PUT' }))).error).toBe('invalid_dpop_proof');
  });

  test('DPOP1: a small RSA key proves nothing', async () => {
    const small = { kty: 'RSA', n: Buffer.alloc(128, 0xc5).toString('base64url'), e: 'AQAB' } satisfies JWK;
    expect((await refusal(await reheaded({ alg: 'RS256', jwk: small }))).error).toBe('invalid_dpop_proof');
  });
});

describe('nonces', () => {
  test('follow from the time and are good for two windows', () => {
    const ring = sampleSealing();
    const handedOut = dpopNonces(ring, now)[0];
    for (const later of [0, 60_000, 120_000]) expect(dpopNonces(ring, now + later)).toContain(handedOut);
    for (const later of [-240_000, 240_000, 86_400_000]) expect(dpopNonces(ring, now + later)).not.toContain(handedOut);
  });
});
