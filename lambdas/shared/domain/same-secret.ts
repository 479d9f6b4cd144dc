import { timingSafeEqual } from 'node:crypto';

const bytesOf = (secret: string | Uint8Array) => (typeof secret === 'string' ? Buffer.from(secret) : secret);

/**
 * Whether two secrets are the same, in a time that tells at most that their lengths differ (TK10). The only comparison
 * of secrets in the house; text counts by its UTF-8 bytes.
 */
export function isSameSecret(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  const [one, other] = [bytesOf(given), bytesOf(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
