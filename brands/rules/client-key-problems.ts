import type { ClientKey } from '../../lambdas/shared/domain/brand.ts';
import { clientKeyFault, isKeyId, maxClientKeys } from '../../lambdas/shared/oidc/client-key-fault.ts';
import { duplicates, type Problem, quoted } from './problem.ts';

/** The keys by which a client signs, or those that a stage adds to `others`. */
export function* keyProblems(
  prefix: string,
  keys: readonly ClientKey[],
  others: readonly ClientKey[] = [],
): Generator<Problem> {
  if (keys.length + others.length > maxClientKeys)
    yield { key: prefix, says: `must hold ${maxClientKeys} keys at most` };
  for (const [i, key] of keys.entries()) {
    const place = `${prefix}.keys[${i}]`;
    if (!isKeyId(key.kid)) {
      yield { key: `${place}.kid`, says: `${quoted(key.kid)} must be 1 to 64 letters, digits and . _ ~ -` };
    }
    if (others.some(({ kid }) => kid === key.kid)) {
      yield { key: `${place}.kid`, says: `${quoted(key.kid)} is already one of the client's own; each may occur once` };
    }
    const fault = clientKeyFault(key);
    if (fault !== undefined) yield { key: place, says: fault };
  }
  yield* duplicates(
    keys.map(({ kid }) => kid),
    (i) => `${prefix}.keys[${i}].kid`,
  );
}
