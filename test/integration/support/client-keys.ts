import { createECDH, createHash } from 'node:crypto';
import { importJWK } from 'jose';

/**
 * The key pair by which a client of a dev stage signs in tests. It follows from public text, so that no private key
 * stands in this repository, and it is worth nothing outside `stages.dev`.
 */
export function devKeyPair(clientId: string) {
  const ecdh = createECDH('prime256v1');
  const d = createHash('sha256').update(`latchkey dev key of ${clientId}`).digest();
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const part = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) } as const;
  const publicKey = { kid: 'dev', alg: 'ES256', ...jwk } as const;
  const privateKey = async () => (await importJWK({ ...jwk, d: d.toString('base64url') }, 'ES256')) as CryptoKey;
  return { publicKey, privateKey };
}
