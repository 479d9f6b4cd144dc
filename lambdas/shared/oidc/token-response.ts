import { SignJWT } from 'jose';
import type { Client, Lifetimes } from '../domain/brand.ts';
import type { Session } from '../domain/session.ts';
import { seconds } from '../domain/time.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { accessToken, type Issuance } from './access-token.ts';
import { refreshToken } from './refresh-token.ts';
import { hasScope } from './scope.ts';

/** RFC 6749 section 5.1 with OIDC Core section 3.1.3.3. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer' | 'DPoP';
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly scope: string;
  /** Of a token exchange (RFC 8693 section 2.2.1). */
  readonly issued_token_type?: string;
}

export interface TokenContext extends Issuance {
  readonly sealing: SealingRing;
  readonly lifetimes: Lifetimes;
}

/**
 * OIDC Core section 2. Claims about the person come from UserInfo, so a sign-in reads no personal data; but for those that
 * a request wants here by name.
 */
function idToken(context: TokenContext, client: Client, session: Session, { nonce, claims }: Asked): Promise<string> {
  const { kid, alg, key } = context.signing.active(client.idTokenAlg);
  const { authTime, acr, amr, browserSession } = session;
  const sid = browserSession ?? session.id;
  return new SignJWT({ ...claims, auth_time: authTime, acr, amr: [...amr], sid, ...(nonce !== undefined && { nonce }) })
    .setProtectedHeader({ alg, kid, typ: 'JWT' })
    .setIssuer(context.issuer)
    .setSubject(session.userId)
    .setAudience(client.id)
    .setIssuedAt(seconds(context.now))
    .setExpirationTime(seconds(context.now) + context.lifetimes.idToken)
    .sign(key);
}

/** What one response has of its own. */
export interface Asked {
  /** A refresh may narrow what was granted. */
  readonly scope?: string;
  /** Of the authorization request (OIDC Core section 3.1.2.1); only its own ID token has it. */
  readonly nonce?: string;
  /** Claims about the person that the request wanted in the ID token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Thumbprint of the key that the access token is bound to (RFC 9449 section 5). */
  readonly jkt?: string;
}

/**
 * Makes the tokens of a session: signatures and MACs only, no call leaves the function.
 */
export async function tokenResponse(
  context: TokenContext,
  client: Client,
  session: Session,
  asked: Asked = {},
): Promise<TokenResponse> {
  const { scope = session.scope, jkt } = asked;
  // No token outlives its session (RT3).
  const lifetime = Math.min(context.lifetimes.accessToken, session.endsAt - seconds(context.now));
  const [access, id] = await Promise.all([
    accessToken(context, client, session, scope, lifetime, { jkt }),
    hasScope(scope, 'openid') ? idToken(context, client, session, asked) : undefined,
  ]);
  const refreshable = client.grants.includes('refresh_token');
  const subject = { user: session.userId, session: session.id, generation: session.generation };
  return {
    access_token: access,
    token_type: jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: lifetime,
    ...(refreshable && { refresh_token: refreshToken(context.sealing, subject) }),
    ...(id && { id_token: id }),
    scope,
  };
}
