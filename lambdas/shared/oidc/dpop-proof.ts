import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { ClientSigningAlg } from '../domain/brand.ts';
import { seconds } from '../domain/time.ts';
import { clientSigningAlg, privateMemberOf, publicJwk } from './public-jwk.ts';

/** A key that a request has proven to hold. */
export interface ProvenKey {
  /** RFC 7638 thumbprint, SHA-256 in base64url. */
  readonly jkt: string;
  /** Spends the proof; `false` where it was used before. One write, to be made beside the work. */
  readonly spend: () => Promise<boolean>;
}

/** What a proof must say of the request that carries it. */
export interface ProofExpectations {
  readonly method: string;
  /** The request's own address by configuration, never by a Host header. */
  readonly url: string;
  /** Milliseconds. */
  readonly now: number;
  /** Nonces of this server that are still good; none are asked for where it is left out. */
  readonly nonces?: readonly string[];
  /** The token that comes with the proof. */
  readonly accessToken?: string;
}

/** A proof that verified. Whether it comes for the first time is the store's to say. */
export interface DpopProof {
  readonly jkt: string;
  readonly jti: string;
}

/** A proof that is refused; `use_dpop_nonce` asks for the same with a nonce of this server (RFC 9449 section 8). */
export class DpopRefusal extends Error {
  readonly error: 'invalid_dpop_proof' | 'use_dpop_nonce';
  readonly description: string;

  constructor(error: DpopRefusal['error'], description: string) {
    super(error);
    this.error = error;
    this.description = description;
  }
}

const type = 'dpop+jwt';
/** Seconds that a proof may be older or younger than now. */
export const proofAge = 60;
const maxLength = 4096;

function ensure(condition: boolean, description: string): asserts condition {
  if (!condition) throw new DpopRefusal('invalid_dpop_proof', description);
}

/** What parses or verifies, and does nothing else: each of its failures is the proof's. */
async function attempt<T>(act: () => T | Promise<T>, description: string): Promise<T> {
  try {
    return await act();
  } catch {
    throw new DpopRefusal('invalid_dpop_proof', description);
  }
}

/** RFC 9449 section 4.3, checks 3 to 6: type, algorithm, and a public key that fits it. */
async function checkHeader(proof: string): Promise<{ readonly alg: ClientSigningAlg; readonly jwk: JWK }> {
  const header = await attempt(() => decodeProtectedHeader(proof), 'the proof is not a JWT');
  ensure(header.typ === type, 'typ must be dpop+jwt');
  const alg = clientSigningAlg(header.alg);
  ensure(alg !== undefined, 'alg is not accepted');
  const shown: unknown = header.jwk;
  ensure(typeof shown === 'object' && shown !== null, 'jwk is missing');
  ensure(privateMemberOf(shown) === undefined, 'jwk must not hold a private key');
  const jwk = publicJwk(shown, alg);
  ensure(jwk !== undefined, 'jwk does not fit alg');
  return { alg, jwk };
}

/** The address as RFC 3986 section 6.2.2-6.2.3 normalises it; `undefined` where it has a query or a fragment. */
function plainAddress(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || /[?#]/.test(htu) || !URL.canParse(htu)) return undefined;
  const { href, username, password } = new URL(htu);
  return username === '' && password === '' ? href : undefined;
}

/** RFC 9449 section 4.3, checks 8 to 12. */
function checkClaims(claims: JWTPayload, expected: ProofExpectations): string {
  const { htm, htu, iat, jti, nonce, ath } = claims;
  ensure(htm === expected.method, 'htm is not the method of the request');
  ensure(plainAddress(htu) === new URL(expected.url).href, 'htu is not the address of the request');
  ensure(typeof iat === 'number' && Math.abs(seconds(expected.now) - iat) <= proofAge, 'iat is too far from now');
  ensure(typeof jti === 'string' && jti.length > 0 && jti.length <= 256, 'jti is missing');
  if (expected.accessToken !== undefined) {
    const hash = createHash('sha256').update(expected.accessToken).digest('base64url');
    ensure(ath === hash, 'ath is not the hash of the access token');
  }
  if (expected.nonces && !expected.nonces.some((good) => good === nonce)) {
    throw new DpopRefusal('use_dpop_nonce', 'the proof needs the nonce of this server');
  }
  return jti;
}

/**
 * Verifies a DPoP proof check by check as RFC 9449 section 4.3 lists them. Two headers, which the gateway joins by a
 * comma, are no JWT. The nonce comes last, so that a proof that is wrong anyway learns none.
 * @throws DpopRefusal
 */
export async function verifyDpopProof(proof: string, expected: ProofExpectations): Promise<DpopProof> {
  ensure(proof.length <= maxLength, 'the proof is too long');
  const { alg, jwk } = await checkHeader(proof);
  const currentDate = new Date(expected.now);
  const { payload } = await attempt(async () => {
    return jwtVerify(proof, await importJWK(jwk, alg), { algorithms: [alg], typ: type, currentDate });
  }, 'the proof does not verify');
  const jti = checkClaims(payload, expected);
  return { jkt: await calculateJwkThumbprint(jwk, 'sha256'), jti };
}
