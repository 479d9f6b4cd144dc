import { createPublicKey } from 'node:crypto';
import type { ClientKey } from '../domain/brand.ts';
import { privateMemberOf, publicJwk } from './public-jwk.ts';

/** Each key of an algorithm is tried where an assertion names none. */
export const maxClientKeys = 5;
/** NIST SP 800-131A: the least that an RSA key has. */
const minRsaBits = 2048;

/** What a key id may be. */
export function isKeyId(kid: string): boolean {
  return /^[A-Za-z0-9._~-]{1,64}$/.test(kid);
}

/** What keeps a client's key from verifying anything safely, or nothing. */
export function clientKeyFault(key: ClientKey): string | undefined {
  const secret = privateMemberOf(key);
  if (secret !== undefined) return `must be a public key: "${secret}" is a private member and may be known now`;
  const jwk = publicJwk(key, key.alg);
  if (jwk === undefined) return `does not fit its alg ${key.alg}: kty, crv or a public member is missing or another`;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const bits = asymmetricKeyDetails?.modulusLength ?? minRsaBits;
    return bits < minRsaBits ? `has ${bits} bits and must have ${minRsaBits} or more` : undefined;
  } catch {
    return `is not a key of ${key.alg}`;
  }
}
