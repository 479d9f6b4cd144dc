import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { KeyTimes, SigningAlg, SigningSecrets } from './signing-ring.ts';

/** A signing key with its private part, as the ring holds it. */
export type SigningSecret = SigningSecrets['keys'][number];

/** Makes a signing key; its `kid` is the RFC 7638 thumbprint. `activeFrom` in epoch seconds. */
export async function makeSigningKey(alg: SigningAlg, activeFrom: number): Promise<SigningSecret> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  return { kid: await calculateJwkThumbprint(jwk), alg, activeFrom, jwk };
}

/** The public members of each key type (RFC 7518 section 6); whatever else a JWK has is private. */
const publicMembers = { EC: ['kty', 'crv', 'x', 'y'], RSA: ['kty', 'n', 'e'] } as const;

/** What may be published of a key: an allow-list, so that no private member ever slips through (TK5, TK8). */
export function publicPart({ kid, alg, activeFrom, jwk }: SigningSecret): KeyTimes & { readonly jwk: JWK } {
  const members: readonly string[] = publicMembers[jwk.kty === 'RSA' ? 'RSA' : 'EC'];
  const shown = Object.fromEntries(Object.entries(jwk).filter(([member]) => members.includes(member)));
  return { kid, alg, activeFrom, jwk: shown as JWK };
}
