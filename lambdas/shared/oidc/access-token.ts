import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import type { Client } from '../domain/brand.ts';
import { isSessionId, isUserId, type Random, type SessionId, type UserId } from '../domain/id.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { seconds } from '../domain/time.ts';
import type { PublicKeys } from '../vault/public-keys.ts';
import type { SigningRing } from '../vault/signing-ring.ts';

/** RFC 9068 section 2.1. */
const type = 'at+jwt';

export interface Issuance {
  readonly issuer: string;
  readonly signing: SigningRing;
  readonly random: Random;
  /** Milliseconds. */
  readonly now: number;
}

/** Whom a token speaks for: a person's session, or the client itself (client credentials). */
export type TokenSubject = Pick<Session, 'id' | 'userId' | 'acr' | 'amr' | 'authTime'> | 'client';

/** An access token as RFC 9068 section 2.2 has it, signed with ES256. `lifetime` in seconds. */
export function accessToken(
  issuance: Issuance,
  client: Client,
  subject: TokenSubject,
  scope: string,
  lifetime: number,
): Promise<string> {
  const { issuer, signing, random, now } = issuance;
  const { kid, alg, key } = signing.active('ES256');
  const person =
    subject === 'client'
      ? {}
      : { sid: subject.id, auth_time: subject.authTime, acr: subject.acr, amr: [...subject.amr] };
  const audience = subject === 'client' ? client.audience : [client.audience, issuer];
  return new SignJWT({ client_id: client.id, scope, ...person })
    .setProtectedHeader({ alg, kid, typ: type })
    .setIssuer(issuer)
    .setSubject(subject === 'client' ? client.id : subject.userId)
    .setAudience(audience)
    .setJti(random(16).toString('base64url'))
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + lifetime)
    .sign(key);
}

/** A person's access token that verified. Whether the session still lives is the store's to say. */
export interface Bearer {
  readonly user: UserId;
  readonly session: SessionId;
  readonly clientId: string;
  readonly scope: string;
  /** Epoch seconds. */
  readonly authTime: number;
}

/** The `kid` of a token, unverified: it names one of our own keys or none. */
function kidOf(token: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

async function verifiedClaims(
  token: string,
  { key, alg }: NonNullable<ReturnType<PublicKeys['find']>>,
  expected: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, key, { ...expected, algorithms: [alg], typ: type })).payload;
  } catch (cause) {
    throw cause instanceof errors.JOSEError ? new Refusal('token_invalid', { cause }) : cause;
  }
}

/**
 * Verifies an access token for Latchkey's own API: `typ`, key and algorithm by `kid` from our own key set, issuer,
 * audience, times, a person's session (RFC 9068 section 4; TK1-TK4). `keys` reloads once when the `kid` is unknown.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function verifyAccessToken(
  token: string,
  issuer: string,
  keys: (fresh?: { readonly youngest: number }) => Promise<PublicKeys>,
  now: number,
): Promise<Bearer> {
  const kid = kidOf(token);
  if (kid === undefined) throw new Refusal('token_invalid');
  const found = (await keys()).find(kid) ?? (await keys({ youngest: 60 })).find(kid);
  if (!found) throw new Refusal('token_invalid');
  const claims = await verifiedClaims(token, found, {
    issuer,
    audience: issuer,
    currentDate: new Date(now),
    requiredClaims: ['exp', 'iat', 'sub', 'sid', 'client_id', 'auth_time'],
  });
  const { sub = '', sid, client_id: clientId, scope, auth_time: authTime } = claims;
  const shaped = isUserId(sub) && typeof sid === 'string' && isSessionId(sid) && typeof authTime === 'number';
  if (!shaped || typeof clientId !== 'string' || typeof scope !== 'string') throw new Refusal('token_invalid');
  return { user: sub, session: sid as SessionId, clientId, scope, authTime };
}
