import {
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  type JWTPayload,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose';
import type { Client, ClientKey } from '../domain/brand.ts';
import { seconds } from '../domain/time.ts';
import { OAuthRefusal } from './oauth-refusal.ts';
import { publicJwk } from './public-jwk.ts';

/** RFC 7523 section 2.2. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What an assertion must say of the server that it is for. */
export interface AssertionExpectations {
  /** Names of this server, of which `aud` is one and the only one. */
  readonly audiences: readonly string[];
  /** Milliseconds. */
  readonly now: number;
}

/** An assertion that verified. Whether it comes for the first time is the store's to say. */
export interface VerifiedAssertion {
  readonly jti: string;
  /** Epoch seconds. */
  readonly until: number;
}

/** Types that are not another token's: a proof or a logout token of the client is no assertion. */
const types: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt'];
/** Seconds that an assertion may still live: so long its `jti` is remembered. */
const maxLifetime = 300;
/** Seconds that the client's clock may be ahead. */
const tolerance = 10;

const failed = () => new OAuthRefusal('invalid_client', 'client authentication failed');

function ensure(condition: boolean): asserts condition {
  if (!condition) throw failed();
}

function read<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    throw failed();
  }
}

/** Whom an assertion names, unverified: whose keys verify it. @throws OAuthRefusal `invalid_client` */
export function assertedClient(assertion: string): string {
  const { sub } = read(() => decodeJwt(assertion));
  ensure(typeof sub === 'string' && sub !== '');
  return sub;
}

async function verifiedBy(key: ClientKey, assertion: string, now: number): Promise<JWTPayload | undefined> {
  const jwk = publicJwk(key, key.alg);
  if (!jwk) return undefined;
  try {
    const options = { algorithms: [key.alg], currentDate: new Date(now), clockTolerance: tolerance };
    return (await jwtVerify(assertion, await importJWK(jwk, key.alg), options)).payload;
  } catch {
    return undefined;
  }
}

/** By a registered key of that id and algorithm; what the header brings of its own is not looked at (TK1, TK2). */
async function verifySignature(client: Client, assertion: string, header: ProtectedHeaderParameters, now: number) {
  const { kid, alg } = header;
  const fitting = (client.jwks?.keys ?? []).filter((key) => key.alg === alg && (kid === undefined || key.kid === kid));
  for (const key of fitting) {
    const claims = await verifiedBy(key, assertion, now);
    if (claims) return claims;
  }
  throw failed();
}

function isOnly(aud: JWTPayload['aud'], audiences: readonly string[]): boolean {
  const [named = '', ...others] = [aud ?? []].flat();
  return others.length === 0 && audiences.includes(named);
}

/**
 * Verifies a client's assertion (RFC 7523 section 3, OIDC Core section 9; OP14): type, signature by a registered key,
 * issuer and subject, one audience, times, and a `jti` to spend. All failures look alike.
 * @throws OAuthRefusal `invalid_client`
 */
export async function verifyClientAssertion(
  client: Client,
  assertion: string,
  { audiences, now }: AssertionExpectations,
): Promise<VerifiedAssertion> {
  const header = read(() => decodeProtectedHeader(assertion));
  ensure(types.includes(header.typ));
  const { iss, sub, aud, exp, iat, jti } = await verifySignature(client, assertion, header, now);
  ensure(iss === client.id && sub === client.id);
  ensure(isOnly(aud, audiences));
  ensure(exp !== undefined && exp > seconds(now) && exp <= seconds(now) + maxLifetime);
  ensure(iat === undefined || iat <= seconds(now) + tolerance);
  ensure(typeof jti === 'string' && jti.length > 0 && jti.length <= 256);
  return { jti, until: exp };
}
