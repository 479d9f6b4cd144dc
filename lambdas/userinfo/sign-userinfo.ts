import { SignJWT } from 'jose';
import type { SigningRing } from '../shared/vault/signing-ring.ts';
import type { Userinfo } from './read-userinfo.ts';

/**
 * UserInfo as a JWT (OIDC Core section 5.3.2), for the client whose metadata asks for it. It has no `exp` and no `nonce`,
 * so that no validation of an ID token takes it for one.
 */
export function signUserinfo(
  issuer: string,
  signing: SigningRing,
  { client, claims }: Userinfo,
  wanted: 'ES256' | 'RS256',
): Promise<string> {
  const { kid, alg, key } = signing.active(wanted);
  return new SignJWT({ ...claims, iss: issuer, aud: client.id }).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key);
}
