import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { cloudNow } from './cloud-desk.ts';
import type { Answer, BrandId, Visitor } from './visitor.ts';

type Json = Readonly<Record<string, unknown>>;

/** An application's key, by whose proofs its tokens are worth something. */
export interface DpopKey {
  readonly jkt: string;
  /** A proof for one request; `claims` and `header` say otherwise, `undefined` leaves a member out. */
  readonly proof: (method: string, path: string, claims?: Json, header?: Json) => Promise<string>;
}

/** Makes a key and its proofs by hand, so that they can be wrong in any way. */
export async function newDpopKey(brand: BrandId, origin: string): Promise<DpopKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  return {
    jkt: await calculateJwkThumbprint(jwk),
    proof: async (htm, path, claims = {}, header = {}) => {
      const iat = Math.floor((await cloudNow(brand)) / 1000);
      const said = { jti: crypto.randomUUID(), htm, htu: `${origin}${path}`, iat, ...claims };
      return new SignJWT(said).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header }).sign(privateKey);
    },
  };
}

/** The `ath` of an access token (RFC 9449 section 4.2). */
export function athOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The nonce that the token endpoint hands out now. */
export async function freshNonce(visitor: Visitor, key: DpopKey, client_id = visitor.client): Promise<string> {
  const form = { grant_type: 'refresh_token', client_id, refresh_token: 'none' };
  const dpop = await key.proof('POST', '/oauth2/token');
  const { headers } = await visitor.ask('POST', '/oauth2/token', { form, headers: { dpop } });
  return headers.get('dpop-nonce') ?? '';
}

/** Asks the token endpoint with a proof, a second time with the nonce that the first answer named. */
export async function askBound(
  visitor: Visitor,
  key: DpopKey,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const ask = async (nonce?: string) => {
    const dpop = await key.proof('POST', '/oauth2/token', { nonce });
    return visitor.ask('POST', '/oauth2/token', { form, headers: { ...headers, dpop } });
  };
  const first = await ask();
  const nonce = first.headers.get('dpop-nonce');
  return first.json?.error === 'use_dpop_nonce' && nonce !== null ? ask(nonce) : first;
}
