import { createPublicKey } from 'node:crypto';
import type { ClientKey } from '../../lambdas/shared/domain/brand.ts';
import { privateMemberOf, publicJwk } from '../../lambdas/shared/oidc/public-jwk.ts';
import { duplicates, type Problem, quoted } from './problem.ts';

const KID = /^[A-Za-z0-9._~-]{1,64}$/;
/** NIST SP 800-131A: the least that an RSA key has. */
const MIN_RSA_BITS = 2048;
/** Each key of an algorithm is tried where an assertion names none. */
const MAX_KEYS = 5;

/** What keeps a key from verifying anything safely, or nothing. */
function keyFault(key: ClientKey): string | undefined {
  const secret = privateMemberOf(key);
  if (secret !== undefined) return `must be a public key: ${quoted(secret)} is a private member and may be known now`;
  const jwk = publicJwk(key, key.alg);
  if (jwk === undefined) return `does not fit its alg ${key.alg}: kty, crv or a public member is missing or another`;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const bits = asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS;
    return bits < MIN_RSA_BITS ? `has ${bits} bits and must have ${MIN_RSA_BITS} or more` : undefined;
  } catch {
    return `is not a key of ${key.alg}`;
  }
}

/** The keys by which a client signs, or those that a stage adds to `others`. */
export function* keyProblems(
  prefix: string,
  keys: readonly ClientKey[],
  others: readonly ClientKey[] = [],
): Generator<Problem> {
  if (keys.length + others.length > MAX_KEYS) yield { key: prefix, says: `must hold ${MAX_KEYS} keys at most` };
  for (const [i, key] of keys.entries()) {
    const place = `${prefix}.keys[${i}]`;
    if (!KID.test(key.kid)) {
      yield { key: `${place}.kid`, says: `${quoted(key.kid)} must be 1 to 64 letters, digits and . _ ~ -` };
    }
    if (others.some(({ kid }) => kid === key.kid)) {
      yield { key: `${place}.kid`, says: `${quoted(key.kid)} is already one of the client's own; each may occur once` };
    }
    const fault = keyFault(key);
    if (fault !== undefined) yield { key: place, says: fault };
  }
  yield* duplicates(
    keys.map(({ kid }) => kid),
    (i) => `${prefix}.keys[${i}].kid`,
  );
}
