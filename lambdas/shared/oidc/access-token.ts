import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import type { Client } from '../domain/brand.ts';
import { isSessionId, isUserId, type Random, type SessionId, type UserId } from '../domain/id.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { seconds } from '../domain/time.ts';
import type { PublicKeys } from '../vault/public-keys.ts';
import type { SigningRing } from '../vault/signing-ring.ts';
import { type Actor, readActor } from './actor.ts';

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

/** What some access tokens have of their own. */
export interface AccessTokenMarks {
  /** Thumbprint of the key that it is bound to (RFC 9449 section 6.1). */
  readonly jkt?: string | undefined;
  /** For whom it is, where that is not the client's own API. */
  readonly audience?: readonly string[];
  /** Who acts by it on behalf of its subject (RFC 8693 section 4.1). */
  readonly act?: Actor;
}

/**
 * An access token as RFC 9068 section 2.2 has it, signed with ES256.
 * @param lifetime seconds
 */
export function accessToken(
  issuance: Issuance,
  client: Client,
  subject: TokenSubject,
  scope: string,
  lifetime: number,
  { jkt, audience, act }: AccessTokenMarks = {},
): Promise<string> {
  const { issuer, signing, random, now } = issuance;
  const { kid, alg, key } = signing.active('ES256');
  const person =
    subject === 'client'
      ? {}
      : { sid: subject.id, auth_time: subject.authTime, acr: subject.acr, amr: [...subject.amr] };
  const usual = subject === 'client' ? client.audience : [client.audience, issuer];
  const marks = { ...(jkt !== undefined && { cnf: { jkt } }), ...(act && { act }) };
  return new SignJWT({ client_id: client.id, scope, ...person, ...marks })
    .setProtectedHeader({ alg, kid, typ: type })
    .setIssuer(issuer)
    .setSubject(subject === 'client' ? client.id : subject.userId)
    .setAudience(audience ? [...audience] : usual)
    .setJti(random(16).toString('base64url'))
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + lifetime)
    .sign(key);
}

/** An access token of ours that verified. */
export interface VerifiedAccessToken {
  readonly sub: string;
  readonly clientId: string;
  readonly scope: string;
  readonly audience: readonly string[];
  /** Epoch seconds, as is the following. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Thumbprint of the key that it is bound to. */
  readonly jkt?: string;
  /** Who acts by it on behalf of its subject. */
  readonly act?: Actor;
  /** Who alone may be let act by it, as it came (RFC 8693 section 4.4). */
  readonly mayAct?: unknown;
  /** Whose session it speaks for; absent where a client speaks for itself. */
  readonly person?: Pick<Bearer, 'user' | 'session' | 'authTime'>;
}

/** A person's access token that verified. Whether the session still lives is the store's to say. */
export interface Bearer {
  readonly user: UserId;
  readonly session: SessionId;
  readonly clientId: string;
  readonly scope: string;
  /** Epoch seconds. */
  readonly authTime: number;
  /** Thumbprint of the key without whose proof the token is worth nothing (RFC 9449 section 7). */
  readonly jkt?: string;
  /** Somebody who is not the person acts by it (RFC 8693). */
  readonly act?: Actor;
}

type Keys = (fresh?: { readonly youngest: number }) => Promise<Pick<PublicKeys, 'find'>>;

function personOf(sub: string, sid: unknown, authTime: unknown): VerifiedAccessToken['person'] {
  const named = isUserId(sub) && typeof sid === 'string' && isSessionId(sid) && typeof authTime === 'number';
  return named ? { user: sub, session: sid, authTime } : undefined;
}

/** RFC 7800 section 3.1: a confirmation that is not understood must not be passed over. */
function boundKeyOf(cnf: unknown): string | undefined {
  if (cnf === undefined) return undefined;
  const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : undefined;
  if (typeof jkt !== 'string') throw new Refusal('token_invalid');
  return jkt;
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
 * Reads an access token: `typ`, key and algorithm by `kid` from our own key set, issuer and times (RFC 9068 section 4;
 * TK1-TK4). `keys` reloads once when the `kid` is unknown. Who may use it where is the caller's to judge.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function readAccessToken(
  token: string,
  issuer: string,
  keys: Keys,
  now: number,
): Promise<VerifiedAccessToken> {
  const kid = kidOf(token);
  if (kid === undefined) throw new Refusal('token_invalid');
  const found = (await keys()).find(kid) ?? (await keys({ youngest: 60 })).find(kid);
  if (!found) throw new Refusal('token_invalid');
  const claims = await verifiedClaims(token, found, {
    issuer,
    currentDate: new Date(now),
    requiredClaims: ['exp', 'iat', 'sub', 'aud', 'client_id'],
  });
  const { sub, aud = [], iat = 0, exp = 0, sid, client_id: clientId, scope, auth_time: authTime } = claims;
  if (typeof sub !== 'string') throw new Refusal('token_invalid');
  if (typeof clientId !== 'string' || typeof scope !== 'string') throw new Refusal('token_invalid');
  const person = personOf(sub, sid, authTime);
  const jkt = boundKeyOf(claims.cnf);
  const { act, may_act: mayAct } = claims;
  const verified = { sub, clientId, scope, audience: [aud].flat(), issuedAt: iat, expiresAt: exp };
  const acting = { ...(act !== undefined && { act: readActor(act) }), ...(mayAct !== undefined && { mayAct }) };
  return { ...verified, ...(person && { person }), ...(jkt !== undefined && { jkt }), ...acting };
}

/**
 * Verifies a person's access token for Latchkey's own API, whose audience is the issuer.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function verifyAccessToken(token: string, issuer: string, keys: Keys, now: number): Promise<Bearer> {
  const { person, clientId, scope, audience, jkt, act } = await readAccessToken(token, issuer, keys, now);
  if (!person || !audience.includes(issuer)) throw new Refusal('token_invalid');
  return { ...person, clientId, scope, ...(jkt !== undefined && { jkt }), ...(act && { act }) };
}
