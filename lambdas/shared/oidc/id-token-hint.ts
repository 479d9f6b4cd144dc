import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { PublicKeys } from '../vault/public-keys.ts';

/** What an ID token of ours says, expired or not, when a client shows it as a hint (OIDC Core section 3.1.2.1). */
export interface IdTokenHint {
  readonly sub: string;
  readonly clientId: string;
  readonly session?: string;
}

type HintKeys = () => Promise<Pick<PublicKeys, 'findForHint'>>;

/**
 * Reads a hint: our signature and issuer decide, its age does not, for as long as its session may live (OIDC RP-Initiated
 * Logout section 2; TK6).
 * @throws Refusal `unavailable`
 */
export async function readIdTokenHint(token: string, issuer: string, keys: HintKeys): Promise<IdTokenHint | undefined> {
  try {
    const { kid } = decodeProtectedHeader(token);
    const found = typeof kid === 'string' ? await (await keys()).findForHint(kid) : undefined;
    if (!found) return undefined;
    const { payload } = await jwtVerify(token, found.key, {
      algorithms: [found.alg],
      typ: 'JWT',
      issuer,
      currentDate: new Date(0),
      clockTolerance: Number.MAX_SAFE_INTEGER,
      // What is no ID token, though it is signed like one, has none (UserInfo as a JWT).
      requiredClaims: ['exp', 'iat', 'auth_time'],
    });
    const { sub, aud, sid } = payload;
    if (typeof sub !== 'string' || typeof aud !== 'string') return undefined;
    return { sub, clientId: aud, ...(typeof sid === 'string' && { session: sid }) };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The person that a hint names. @throws Refusal `unavailable` */
export async function verifyIdTokenHint(token: string, issuer: string, keys: HintKeys): Promise<string | undefined> {
  return (await readIdTokenHint(token, issuer, keys))?.sub;
}
