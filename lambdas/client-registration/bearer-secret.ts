import { createHash } from 'node:crypto';
import type { Random } from '../shared/domain/id.ts';
import { isSameSecret } from '../shared/domain/same-secret.ts';
import { OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';

/** Lets secret scanners know a leaked one. */
const prefixes = { initial: 'lki_', registration: 'lkx_' } as const;

/** SHA-256 in base64url: enough for 256 random bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** A new registration access token (RFC 7592 section 3). */
export function newRegistrationToken(random: Random): string {
  return `${prefixes.registration}${random(32).toString('base64url')}`;
}

/** RFC 6750 section 3.1; an unknown token and none at all look alike. */
export function tokenRefused(): OAuthRefusal {
  const challenge = { 'www-authenticate': 'Bearer realm="registration", error="invalid_token"' };
  return new OAuthRefusal('invalid_token', 'the access token is missing, wrong, over or used up', undefined, challenge);
}

/** The secret of an Authorization header, if it is of that kind. @throws OAuthRefusal `invalid_token` */
export function presentedSecret(kind: keyof typeof prefixes, header: string | undefined): string {
  const [, token = ''] = /^Bearer ([A-Za-z0-9_-]{20,100})$/i.exec(header ?? '') ?? [];
  if (!token.startsWith(prefixes[kind])) throw tokenRefused();
  return token;
}

/** Whether a secret has this hash, in a time that tells nothing. */
export function secretHolds(secret: string, hash: string): boolean {
  return isSameSecret(hashOf(secret), hash);
}
