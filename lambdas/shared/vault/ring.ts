import type { RingName } from '../domain/capability.ts';
import { Refusal } from '../domain/refusal.ts';
import { type CallAws, openAwsService, services } from '../store/aws-service.ts';
import type { Item } from '../store/conditional-write.ts';
import { read } from '../store/read.ts';
import { storeFailure } from '../store/store-failure.ts';
import { only, type Tables } from '../store/tables.ts';
import { open } from './sealed-box.ts';

/** What opening a ring takes. */
export interface VaultAccess {
  readonly tables: Tables;
  /** ARN of the KMS key that wraps the rings. */
  readonly keyArn: string;
}

export const ringKey = (ring: RingName | 'public') => ({ pk: `KEYRING#${ring}`, sk: only });

let client: CallAws | undefined;

/** KMS, opened when a ring is: a function that verifies only has no connection to it. */
export function kms(): CallAws {
  client ??= openAwsService(services.kms, process.env);
  return client;
}

/** KMS binds the ring's name into the wrap, and the role's policy names it: a function opens its own rings only. */
export const wrapContext = (ring: RingName) => ({ ring });

interface DecryptReply {
  /** Base64. */
  readonly Plaintext?: string;
}

/**
 * Opens the contents of a ring item: one `Decrypt`.
 * @throws Refusal `unavailable`, whatever stands in the way: without the ring no request can be served (F21)
 */
export async function openRingItem(access: VaultAccess, ring: RingName, item: Item): Promise<unknown> {
  try {
    const reply = (await kms()('Decrypt', {
      CiphertextBlob: Buffer.from(String(item.wrappedKey), 'base64url').toString('base64'),
      EncryptionContext: wrapContext(ring),
      KeyId: access.keyArn,
    })) as DecryptReply;
    if (!reply.Plaintext) throw new Refusal('unavailable', { retryAfter: 2 });
    return open(Buffer.from(reply.Plaintext, 'base64'), String(item.sealed), `KEYRING#${ring}`);
  } catch (error) {
    const failure = storeFailure(error);
    throw failure instanceof Refusal ? failure : new Refusal('unavailable', { retryAfter: 5, cause: failure });
  }
}

/**
 * Reads and opens a ring: one read and one `Decrypt`, once per cold start.
 * @throws Refusal `unavailable` while the ring is not made yet or KMS refuses: nothing is ever signed or sealed with a
 * stand-in (F21, F30)
 */
export async function openRing(access: VaultAccess, ring: RingName): Promise<unknown> {
  const item = await read(access.tables, access.tables.vault, ringKey(ring));
  if (!item) throw new Refusal('unavailable', { retryAfter: 5, cause: new Error(`ring ${ring} is not made yet`) });
  return openRingItem(access, ring, item);
}
