import { createRemoteJWKSet, jwtVerify } from 'jose';

/** Whose session has ended: one of them, or all of a person. */
export interface EndedSession {
  readonly sub: string | undefined;
  readonly sid: string | undefined;
}

/** Whose logout tokens are taken. */
interface Sender {
  readonly issuer: string;
  readonly clientId: string;
  readonly jwksUri: string;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Seconds that a clock may be off. */
const TOLERANCE = 60;

const named = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * Judges logout tokens (OIDC Back-Channel Logout section 2.6): signed by the issuer, meant for this client, of this
 * type, about somebody, and never seen before. What is not all of that is thrown out.
 */
export function logoutReceiver({ issuer, clientId, jwksUri }: Sender): (token: string) => Promise<EndedSession> {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  /** Ids of tokens, until they would be refused for their age alone. */
  const seen = new Map<string, number>();

  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      typ: 'logout+jwt',
      algorithms: ['ES256', 'RS256'],
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      clockTolerance: TOLERANCE,
    });
    const { jti = '', exp = 0, nonce, events } = payload;
    const ended = { sub: named(payload.sub), sid: named(payload.sid) };
    if (typeof events !== 'object' || events === null || !(EVENT in events)) throw new Error('No event of a logout.');
    if (nonce !== undefined) throw new Error('A nonce makes it an ID token.');
    if (ended.sub === undefined && ended.sid === undefined) throw new Error('It is about nobody.');
    const now = Date.now() / 1000;
    for (const [id, until] of seen) if (until < now) seen.delete(id);
    if (seen.has(jti)) throw new Error('It was seen before.');
    seen.set(jti, exp + TOLERANCE);
    return ended;
  };
}
