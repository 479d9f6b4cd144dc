import { SignJWT } from 'jose';
import type { Client } from '../shared/domain/brand.ts';
import type { Random, SessionId, UserId } from '../shared/domain/id.ts';
import { seconds } from '../shared/domain/time.ts';
import type { SigningRing } from '../shared/vault/signing-ring.ts';

export interface LogoutTokenMaking {
  readonly issuer: string;
  readonly signing: SigningRing;
  readonly random: Random;
  /** Milliseconds. */
  readonly now: number;
}

/** Seconds (OIDC Back-Channel Logout section 2.4: at most two minutes). */
const lifetime = 120;
const event = 'http://schemas.openid.net/event/backchannel-logout';

/** A logout token for one client: typed, audience-bound, without a nonce (OIDC Back-Channel Logout section 2.4; LO2). */
export function logoutToken(making: LogoutTokenMaking, client: Client, sub: UserId, sid: SessionId): Promise<string> {
  const { issuer, signing, random, now } = making;
  const { kid, alg, key } = signing.active(client.idTokenAlg);
  return new SignJWT({ sid, events: { [event]: {} } })
    .setProtectedHeader({ alg, kid, typ: 'logout+jwt' })
    .setIssuer(issuer)
    .setSubject(sub)
    .setAudience(client.id)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + lifetime)
    .setJti(random(16).toString('base64url'))
    .sign(key);
}
