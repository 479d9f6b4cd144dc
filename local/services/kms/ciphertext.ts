import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ServiceError } from '../aws-service.ts';
import type { KmsKey } from './keys.ts';

/** Names and values that must be the same for encryption and decryption. */
export type EncryptionContext = Readonly<Record<string, string>>;

const IV = 12;
const TAG = 16;

/** Layout: length of the key id (1 byte), key id, IV, AES-256-GCM ciphertext, tag; the context is authenticated. */
export function seal(key: KmsKey, plaintext: Buffer, context: EncryptionContext): Buffer {
  const id = Buffer.from(key.id);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', materialOf(key), iv).setAAD(canonical(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(id.length), id, iv, sealed, cipher.getAuthTag()]);
}

/** Opens a blob; a wrong context and a damaged blob look the same, as in KMS. */
export function open(key: KmsKey, blob: Buffer, context: EncryptionContext): Buffer {
  const start = 1 + (blob[0] ?? 0);
  try {
    const decipher = createDecipheriv('aes-256-gcm', materialOf(key), blob.subarray(start, start + IV));
    decipher.setAAD(canonical(context)).setAuthTag(blob.subarray(-TAG));
    return Buffer.concat([decipher.update(blob.subarray(start + IV, -TAG)), decipher.final()]);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('InvalidCiphertextException', 'The ciphertext or the encryption context is not right.');
  }
}

/** The key id that a blob names. */
export function keyIdOf(blob: Buffer): string {
  return blob.subarray(1, 1 + (blob[0] ?? 0)).toString();
}

function materialOf(key: KmsKey): Buffer {
  if (key.material !== undefined) return key.material;
  throw new ServiceError('InvalidKeyUsageException', `${key.arn} is not a key for encryption.`);
}

function canonical(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs));
}
