import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';

type Json = Readonly<Record<string, unknown>>;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signedEs256(header: Json, payload: Json, key: Parameters<typeof sign>[2] & object): string {
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(input), { ...key, dsaEncoding: 'ieee-p1363' } as never);
  return `${input}.${signature.toString('base64url')}`;
}

function signedHs256(header: Json, payload: Json, secret: string | Buffer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/**
 * What an attacker makes of a genuine access token and the public keys, by name. None may be taken.
 * @param listener a URL of the attacker that must never be called
 */
export function forgeries(genuine: string, keys: readonly JWK[], listener: string): Readonly<Record<string, string>> {
  const header = decodeProtectedHeader(genuine) as Json;
  const payload = decodeJwt(genuine) as Json;
  const [encodedHeader = '', encodedPayload = '', signature = ''] = genuine.split('.');
  const published = keys.find(({ kid }) => kid === header.kid) as JWK;
  const publicKey = createPublicKey({ key: published as JsonWebKey, format: 'jwk' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ownJwk = own.publicKey.export({ format: 'jwk' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsaInput = `${encode({ ...header, alg: 'RS256' })}.${encodedPayload}`;
  const rsaSignature = sign('sha256', Buffer.from(rsaInput), rsa.privateKey).toString('base64url');
  const byOwnKey = (extra: Json) => signedEs256({ ...header, ...extra }, payload, { key: own.privateKey });
  const { kid: _, ...withoutKid } = header;
  const rsaKid = keys.find(({ alg }) => alg === 'RS256')?.kid;
  return {
    'alg none': `${encode({ ...header, alg: 'none' })}.${encodedPayload}.`,
    'alg NoNe with the old signature': `${encode({ ...header, alg: 'NoNe' })}.${encodedPayload}.${signature}`,
    'HS256 with the PEM of the public key': signedHs256({ ...header, alg: 'HS256' }, payload, pem),
    'HS256 with the DER of the public key': signedHs256({ ...header, alg: 'HS256' }, payload, der),
    'HS256 with the JWK as text': signedHs256({ ...header, alg: 'HS256' }, payload, JSON.stringify(published)),
    'HS256 with an empty secret': signedHs256({ ...header, alg: 'HS256' }, payload, Buffer.alloc(1)),
    'RS256 under the kid of an ES256 key': `${rsaInput}.${rsaSignature}`,
    'ES256 under the kid of an RS256 key': byOwnKey({ kid: rsaKid }),
    'a key of his own under our kid': byOwnKey({}),
    'a jwk in the header': byOwnKey({ jwk: ownJwk, kid: 'mine' }),
    'a jwk in the header under our kid': byOwnKey({ jwk: ownJwk }),
    'a jku in the header': byOwnKey({ jku: `${listener}/jwks`, kid: 'mine' }),
    'an x5u in the header': byOwnKey({ x5u: `${listener}/x5u`, kid: 'mine' }),
    'a kid that is a path': byOwnKey({ kid: '../../../../dev/null' }),
    'a kid that is a query': byOwnKey({ kid: "' OR 1=1 --" }),
    'a kid that is inherited': byOwnKey({ kid: '__proto__' }),
    'a kid that is a number': byOwnKey({ kid: 1 }),
    'an empty kid': byOwnKey({ kid: '' }),
    'no kid': signedEs256(withoutKid, payload, { key: own.privateKey }),
    'an unknown critical header': byOwnKey({ crit: ['x'], x: 1 }),
    'an unencoded payload (b64 false)': byOwnKey({ crit: ['b64'], b64: false }),
    'another payload under the signature': `${encodedHeader}.${encode({ ...payload, sub: 'usr_AAAAAAAAAAAAAAAAAAAAAA' })}.${signature}`,
    'a later expiry under the signature': `${encodedHeader}.${encode({ ...payload, exp: 9_999_999_999 })}.${signature}`,
    'no signature': `${encodedHeader}.${encodedPayload}.`,
    'two parts': `${encodedHeader}.${encodedPayload}`,
    'a signature of zeros': `${encodedHeader}.${encodedPayload}.${Buffer.alloc(64).toString('base64url')}`,
    'a cut signature': genuine.slice(0, -4),
    'something behind it': `${genuine}.${signature}`,
    'five parts, as a JWE has': `${encode({ alg: 'dir', enc: 'A256GCM' })}..${signature}.${encodedPayload}.${signature}`,
    'a payload that is an array': `${encodedHeader}.${encode([payload])}.${signature}`,
    'a header that is no JSON': `eA.${encodedPayload}.${signature}`,
    'a header that is null': `${encode(null)}.${encodedPayload}.${signature}`,
    'a token of 8 KB': `${encodedHeader}.${encode({ ...payload, more: 'x'.repeat(6000) })}.${signature}`,
    'no JWT at all': 'x',
    'dots alone': '..',
  };
}
