import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** 96-bit IV and 128-bit tag (NIST SP 800-38D section 5.2.1.1). */
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals a JSON value with AES-256-GCM under a key of 32 bytes; `context` is authenticated with it, so that a sealed
 * value moved to another item does not open. Result: base64url of IV, tag and ciphertext.
 */
export function seal(key: Uint8Array, value: unknown, context: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens what `seal` made. Throws where the key, the context or a single bit is another. */
export function open(key: Uint8Array, sealed: string, context: string): unknown {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const body = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  return JSON.parse(body.toString('utf8'));
}
