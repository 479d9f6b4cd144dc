import type { KMSClient } from '@aws-sdk/client-kms';
import type { RingName } from '../domain/capability.ts';
import { Refusal } from '../domain/refusal.ts';
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

let client: KMSClient | undefined;

/** The KMS SDK is loaded when a ring is opened, not before: a function that verifies only never pays for it. */
export async function kms(): Promise<{
  readonly client: KMSClient;
  readonly sdk: typeof import('@aws-sdk/client-kms');
}> {
  const sdk = await import('@aws-sdk/client-kms');
  client ??= new sdk.KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  });
  return { client, sdk };
}

/** KMS binds the ring's name into the wrap, and the role's policy names it: a function opens its own rings only. */
export const wrapContext = (ring: RingName) => ({ ring });

/** Opens the contents of a ring item: one `Decrypt`. */
export async function openRingItem(access: VaultAccess, ring: RingName, item: Item): Promise<unknown> {
  const { client, sdk } = await kms();
  try {
    const reply = await client.send(
      new sdk.DecryptCommand({
        CiphertextBlob: Buffer.from(String(item.wrappedKey), 'base64url'),
        EncryptionContext: wrapContext(ring),
        KeyId: access.keyArn,
      }),
    );
    if (!reply.Plaintext) throw new Refusal('unavailable', { retryAfter: 2 });
    return open(reply.Plaintext, String(item.sealed), `KEYRING#${ring}`);
  } catch (error) {
    throw storeFailure(error);
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
