import { createHmac, createPublicKey, sign as nodeSign } from 'node:crypto';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { newSessionId, newUserId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import type { Session } from '../../lambdas/shared/domain/session.ts';
import { accessToken, verifyAccessToken } from '../../lambdas/shared/oidc/access-token.ts';
import { tokenResponse } from '../../lambdas/shared/oidc/token-response.ts';
import { sampleBrands } from './mail-samples.ts';
import { rejection, sampleIssuer, sampleSealing, sampleSigning } from './sample-keys.ts';

// Many cases, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const now = Date.parse('2026-11-21T14:05:00Z');
const epoch = now / 1000;
const [brand] = sampleBrands;
const client = brand.clients.find(({ id }) => id === 'northwind-web');
if (!client) throw new Error('the brand has no web client');
const signing = await sampleSigning();
const sealing = sampleSealing();
const [es256, rs256] = signing.secrets;
if (!es256 || !rs256) throw new Error('two keys are made');
const session: Session = {
  id: newSessionId(now, systemRandom),
  userId: newUserId(systemRandom),
  clientId: client.id,
  scope: client.scopes.join(' '),
  generation: 0,
  acr: 'aal1',
  methods: ['password'],
  amr: ['pwd'],
  authTime: epoch,
  lastSeenAt: epoch,
  idleUntil: epoch + 1000,
  endsAt: epoch + 2000,
  sealed: '',
};
const issuance = { issuer: sampleIssuer, signing: signing.ring, random: systemRandom, now };
const context = { ...issuance, sealing, lifetimes: brand.lifetimes };
const tokens = await tokenResponse(context, client, session);
const good = tokens.access_token;
const goodHeader = decodeProtectedHeader(good);
const goodClaims = decodeJwt(good);
const verify = (token: string, at = now) => verifyAccessToken(token, sampleIssuer, async () => signing.publicKeys, at);

type Json = Readonly<Record<string, unknown>>;
const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const unsigned = (header: unknown, claims: unknown) => `${part(header)}.${part(claims)}`;

/** A token that our own ES256 key signed, whatever it says: the worst case of each mutation. */
async function ours(claims: unknown, header: Json = {}): Promise<string> {
  const input = unsigned({ ...goodHeader, ...header }, claims);
  const key = await crypto.subtle.importKey(
    'jwk',
    es256?.jwk as JsonWebKey,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
const without = (claim: string) => Object.fromEntries(Object.entries(goodClaims).filter(([name]) => name !== claim));

test('a token of ours verifies and says whose it is (RFC 9068)', async () => {
  expect(goodHeader).toEqual({ alg: 'ES256', kid: es256.kid, typ: 'at+jwt' });
  expect(goodClaims).toMatchObject({
    iss: sampleIssuer,
    aud: [client.audience, sampleIssuer],
    sub: session.userId,
    sid: session.id,
    client_id: client.id,
    iat: epoch,
    exp: epoch + brand.lifetimes.accessToken,
  });
  expect(await verify(good)).toEqual({
    user: session.userId,
    session: session.id,
    clientId: client.id,
    scope: session.scope,
    authTime: epoch,
  });
  expect(await verify(await ours(goodClaims))).toMatchObject({ user: session.userId });
});

test('RT3: no token outlives its session', async () => {
  const short = await tokenResponse(context, client, { ...session, endsAt: epoch + 7 });
  expect([short.expires_in, decodeJwt(short.access_token).exp]).toEqual([7, epoch + 7]);
});

test('TK4: it dies at the second of its exp, by the time that is handed in (F19)', async () => {
  const end = (epoch + brand.lifetimes.accessToken) * 1000;
  expect(await verify(good, end - 1)).toBeDefined();
  for (const at of [end, end + 1, end + 86_400_000])
    expect(await rejection(verify(good, at))).toMatchObject({ code: 'token_invalid' });
});

describe('mutations', () => {
  const spki = createPublicKey({ key: es256.jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const hmac = (header: Json, secret: string | Buffer) => {
    const input = unsigned({ ...goodHeader, alg: 'HS256', ...header }, goodClaims);
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const attacker = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return { pem: await exportJWK(privateKey), jwk: await exportJWK(publicKey) };
  };
  async function theirs(header: (jwk: object, kid: string) => Json): Promise<string> {
    const { pem, jwk } = await attacker();
    const input = unsigned({ ...goodHeader, ...header(jwk, await calculateJwkThumbprint(jwk)) }, goodClaims);
    const key = { key: pem, format: 'jwk', dsaEncoding: 'ieee-p1363' } as const;
    return `${input}.${nodeSign('sha256', Buffer.from(input), key as never).toString('base64url')}`;
  }
  const rsa = (header: Json) => {
    const input = unsigned({ ...goodHeader, alg: 'RS256', ...header }, goodClaims);
    return `${input}.${nodeSign('sha256', Buffer.from(input), { key: rs256.jwk, format: 'jwk' } as never).toString('base64url')}`;
  };
  const [head = '', claims = '', signature = ''] = good.split('.');
  const other = newUserId(systemRandom);

  const corpus: Readonly<Record<string, () => string | Promise<string>>> = {
    'TK1: alg none, no signature': () => `${unsigned({ ...goodHeader, alg: 'none' }, goodClaims)}.`,
    'TK1: alg None': () => `${unsigned({ ...goodHeader, alg: 'None' }, goodClaims)}.`,
    'TK1: alg none with the old signature': () =>
      `${unsigned({ ...goodHeader, alg: 'none' }, goodClaims)}.${signature}`,
    'TK1: no alg': () => `${part({ kid: es256.kid, typ: 'at+jwt' })}.${claims}.${signature}`,
    'TK1: HS256 with the public key as PEM': () => hmac({}, spki),
    'TK1: HS256 with the public key as JWK': () => hmac({}, JSON.stringify(signing.publicKeys.jwks.keys[0])),
    'TK1: HS256 with an empty secret': () => hmac({}, ''),
    'TK1: HS256 under the RS256 kid': () => hmac({ kid: rs256.kid }, spki),
    'TK1: RS256 by the RSA key under the ES256 kid': () => rsa({}),
    'TK1: ES256 claimed, signed by the RSA key': () => rsa({ alg: 'ES256' }),
    'TK1: PS256 under the RS256 kid': () => rsa({ alg: 'PS256', kid: rs256.kid }),
    'TK1: ES256 by our key under the RS256 kid': () => ours(goodClaims, { kid: rs256.kid }),
    'TK1: ES384 claimed': () => ours(goodClaims, { alg: 'ES384' }),
    'TK1: a DER signature': () => `${head}.${claims}.${Buffer.from('3006020101020101', 'hex').toString('base64url')}`,
    'TK1: a signature of zeros (CVE-2022-21449)': () => `${head}.${claims}.${Buffer.alloc(64).toString('base64url')}`,
    'TK1: no signature': () => `${head}.${claims}.`,
    'TK1: two parts': () => `${head}.${claims}`,
    'TK1: five parts': () => `${good}..`,
    'TK1: another’s claims under the old signature': () =>
      `${head}.${part({ ...goodClaims, sub: other })}.${signature}`,
    'TK2: the attacker’s jwk in the header': () => theirs((jwk) => ({ jwk })),
    'TK2: the attacker’s jwk and kid': () => theirs((jwk, kid) => ({ jwk, kid })),
    'TK2: jku': () => theirs((_, kid) => ({ kid, jku: 'https://evil.example/jwks.json' })),
    'TK2: x5u': () => theirs(() => ({ x5u: 'https://evil.example/cert.pem' })),
    'TK2: x5c': () => theirs(() => ({ x5c: ['MIIB'] })),
    'TK2: kid of a path': () => theirs(() => ({ kid: '../../../../dev/null' })),
    'TK2: kid of a URL': () => theirs(() => ({ kid: 'https://evil.example/key' })),
    'TK2: kid of SQL': () => theirs(() => ({ kid: "' UNION SELECT 'x" })),
    'TK2: kid __proto__': () => theirs(() => ({ kid: '__proto__' })),
    'TK2: kid of an array': () => ours(goodClaims, { kid: [es256.kid] }),
    'TK2: kid of a number': () => ours(goodClaims, { kid: 0 }),
    'TK2: empty kid': () => ours(goodClaims, { kid: '' }),
    'TK2: no kid': () => ours(goodClaims, { kid: undefined }),
    'TK2: a critical header that nobody knows': () => ours(goodClaims, { crit: ['x'], x: 1 }),
    'TK2: an unencoded payload (RFC 7797)': () => ours(goodClaims, { b64: false, crit: ['b64'] }),
    'TK3: an ID token of ours': () => tokens.id_token ?? '',
    'TK3: typ JWT': () => ours(goodClaims, { typ: 'JWT' }),
    'TK3: typ logout+jwt': () => ours(goodClaims, { typ: 'logout+jwt' }),
    'TK3: typ dpop+jwt': () => ours(goodClaims, { typ: 'dpop+jwt' }),
    'TK3: no typ': () => ours(goodClaims, { typ: undefined }),
    'TK3: typ of an array': () => ours(goodClaims, { typ: ['at+jwt'] }),
    'TK3: a refresh token': () => tokens.refresh_token ?? '',
    'TK3: the client’s own token (client credentials)': () =>
      accessToken(issuance, client, 'client', client.scopes.join(' '), 300),
    'TK3: a client’s token for this very API': () =>
      accessToken(issuance, { ...client, audience: sampleIssuer }, 'client', 'openid', 300),
    'TK4: aud of another API alone': () => ours({ ...goodClaims, aud: client.audience }),
    'TK4: aud that begins like ours': () => ours({ ...goodClaims, aud: `${sampleIssuer}.evil.example` }),
    'TK4: aud with a slash more': () => ours({ ...goodClaims, aud: `${sampleIssuer}/` }),
    'TK4: aud of an object': () => ours({ ...goodClaims, aud: { 0: sampleIssuer } }),
    'TK4: empty aud': () => ours({ ...goodClaims, aud: [] }),
    'TK4: no aud': () => ours(without('aud')),
    'TK4: iss of another brand': () => ours({ ...goodClaims, iss: 'https://id.solmar.example' }),
    'TK4: iss with a slash more': () => ours({ ...goodClaims, iss: `${sampleIssuer}/` }),
    'TK4: iss of an array with ours in it (CVE-2025-46344)': () => ours({ ...goodClaims, iss: [sampleIssuer] }),
    'TK4: no iss': () => ours(without('iss')),
    'TK4: expired': () => ours({ ...goodClaims, exp: epoch - 1 }),
    'TK4: exp now': () => ours({ ...goodClaims, exp: epoch }),
    'TK4: exp of text': () => ours({ ...goodClaims, exp: String(epoch + 300) }),
    'TK4: exp null': () => ours({ ...goodClaims, exp: null }),
    'TK4: exp Infinity': () => ours(JSON.stringify({ ...goodClaims, exp: 0 }).replace('"exp":0', '"exp":null')),
    'TK4: no exp': () => ours(without('exp')),
    'TK4: nbf in the future': () => ours({ ...goodClaims, nbf: epoch + 61 }),
    'TK4: nbf of text': () => ours({ ...goodClaims, nbf: 'tomorrow' }),
    'TK4: no iat': () => ours(without('iat')),
    'TK4: iat of text': () => ours({ ...goodClaims, iat: 'now' }),
    'TK4: the claims are an array (CVE-2025-62610)': () => ours([goodClaims]),
    'TK4: the claims are a string': () => ours(JSON.stringify('x')),
    'TK4: the claims are null': () => ours('null'),
    'TK4: the claims are no JSON': () => ours('{'),
    'TK4: exp twice, the last one expired': () =>
      ours(`${JSON.stringify(goodClaims).slice(0, -1)},"exp":${epoch - 1}}`),
    'TK4: sub twice, the last one of nobody': () => ours(`${JSON.stringify(goodClaims).slice(0, -1)},"sub":"x"}`),
    'TK4: no sub': () => ours(without('sub')),
    'TK4: sub of a key': () => ours({ ...goodClaims, sub: `USER#${session.userId}` }),
    'TK4: sub of an object': () => ours({ ...goodClaims, sub: { id: session.userId } }),
    'TK4: no sid': () => ours(without('sid')),
    'TK4: sid of another shape': () => ours({ ...goodClaims, sid: 'ses_x' }),
    'TK4: sid of an array': () => ours({ ...goodClaims, sid: [session.id] }),
    'TK4: no client_id': () => ours(without('client_id')),
    'TK4: client_id of a number': () => ours({ ...goodClaims, client_id: 1 }),
    'TK4: no scope': () => ours(without('scope')),
    'TK4: scope of an array': () => ours({ ...goodClaims, scope: ['openid'] }),
    'TK4: no auth_time': () => ours(without('auth_time')),
    'TK4: auth_time of text': () => ours({ ...goodClaims, auth_time: String(epoch) }),
    'ADM7: empty': () => '',
    'ADM7: dots': () => '..',
    'ADM7: no base64': () => '!!.!!.!!',
    'ADM7: a header of null': () => `${part('null')}.${claims}.${signature}`,
    'ADM7: a header of an array': () => `${part([])}.${claims}.${signature}`,
  };

  test.each(Object.keys(corpus))('%s is token_invalid', async (name) => {
    const token = (await corpus[name]?.()) ?? '';
    const refusal = await rejection(verify(token));
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'token_invalid' });
  });

  test('TK1: each flipped bit of header, claims or signature is token_invalid', async () => {
    for (const [at, text] of [head, claims, signature].entries()) {
      for (let bit = 0; bit < text.length * 6 - 6; bit += 7) {
        const bytes = Buffer.from(text, 'base64url');
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const parts = [head, claims, signature];
        parts[at] = bytes.toString('base64url');
        if (bit >> 3 >= Buffer.from(text, 'base64url').length) continue;
        expect(await rejection(verify(parts.join('.')))).toMatchObject({ code: 'token_invalid' });
      }
    }
  });
});

describe('keys', () => {
  test('F20: an unknown kid asks for fresh keys once, and a key published meanwhile verifies', async () => {
    const asked: unknown[] = [];
    const empty = { jwks: { keys: [] }, find: () => undefined };
    const bearer = await verifyAccessToken(
      good,
      sampleIssuer,
      async (fresh) => {
        asked.push(fresh);
        return fresh ? signing.publicKeys : empty;
      },
      now,
    );
    expect(bearer.session).toBe(session.id);
    expect(asked).toEqual([undefined, { youngest: 60 }]);
    const refusal = await rejection(verifyAccessToken(good, sampleIssuer, async () => empty, now));
    expect(refusal).toMatchObject({ code: 'token_invalid' });
  });

  test('F21: where the keys cannot be had it is unavailable, never "invalid" and never accepted', async () => {
    const gone = new Refusal('unavailable', { retryAfter: 5 });
    expect(await rejection(verifyAccessToken(good, sampleIssuer, () => Promise.reject(gone), now))).toBe(gone);
  });

  test('F21: a fault in reading the keys is not taken for a bad token', async () => {
    const fault = new TypeError('keys is not iterable');
    expect(await rejection(verifyAccessToken(good, sampleIssuer, () => Promise.reject(fault), now))).toBe(fault);
  });
});
