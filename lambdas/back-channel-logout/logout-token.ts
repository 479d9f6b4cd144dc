import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Client } from '../shared/domain/brand.ts';
import type { SessionId, UserId } from '../shared/domain/id.ts';
import { seconds } from '../shared/domain/time.ts';
import type { SigningRing } from '../shared/vault/signing-ring.ts';

export interface LogoutTokenMaking {
  readonly issuer: string;
  readonly signing: SigningRing;
  /** Id of the event that says so: a token that is sent again has the same `jti`. */
  readonly by: string;
  /** Milliseconds. */
  readonly now: number;
}

/** Seconds (OIDC Back-Channel Logout section 2.4: at most two minutes). */
const lifetime = 120;
const event = 'http://schemas.openid.net/event/backchannel-logout';

/** A logout token for one client: typed, audience-bound, without a nonce (OIDC Back-Channel Logout section 2.4; LO2). */
export function logoutToken(making: LogoutTokenMaking, client: Client, sub: UserId, sid: SessionId): Promise<string> {
  const { issuer, signing, by, now } = making;
  const { kid, alg, key } = signing.active(client.idTokenAlg);
  return new SignJWT({ sid, events: { [event]: {} } })
    .setProtectedHeader({ alg, kid, typ: 'logout+jwt' })
    .setIssuer(issuer)
    .setSubject(sub)
    .setAudience(client.id)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + lifetime)
    .setJti(createHash('sha256').update(`${by} ${client.id} ${sid}`).digest('base64url'))
    .sign(key);
}
