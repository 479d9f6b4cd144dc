import type { RingName } from '../domain/capability.ts';
import { Refusal } from '../domain/refusal.ts';
import { absent, equals } from '../store/clauses.ts';
import type { Item } from '../store/conditional-write.ts';
import { storeFailure } from '../store/store-failure.ts';
import { put, transact } from '../store/transaction.ts';
import type { PublishedKeys } from './public-keys.ts';
import { kms, ringKey, type VaultAccess, wrapContext } from './ring.ts';
import { seal } from './sealed-box.ts';

/** Both base64. */
interface DataKeyReply {
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
}

/** A ring's contents under a fresh KMS data key, ready to be put. */
async function wrappedRing(access: VaultAccess, ring: RingName, contents: unknown, version: number): Promise<Item> {
  try {
    const reply = (await kms()('GenerateDataKey', {
      KeyId: access.keyArn,
      KeySpec: 'AES_256',
      EncryptionContext: wrapContext(ring),
    })) as DataKeyReply;
    if (!reply.Plaintext || !reply.CiphertextBlob) throw new Refusal('unavailable');
    return {
      ...ringKey(ring),
      version,
      wrappedKey: Buffer.from(reply.CiphertextBlob, 'base64').toString('base64url'),
      sealed: seal(Buffer.from(reply.Plaintext, 'base64'), contents, `KEYRING#${ring}`),
    };
  } catch (error) {
    throw storeFailure(error);
  }
}

/**
 * Writes a ring that was read at `version` (0 = absent); a rival that was faster wins and nothing is overwritten (TK7).
 * `published` goes into the public item in the same transaction, so that no key signs unpublished.
 * @returns whether this write won
 * @throws Refusal `unavailable`
 */
export async function writeRing(
  access: VaultAccess,
  ring: RingName,
  contents: unknown,
  version: number,
  published?: PublishedKeys,
): Promise<boolean> {
  const { tables } = access;
  const item = await wrappedRing(access, ring, contents, version + 1);
  const unchanged = version === 0 ? absent('pk') : equals('version', version);
  const outcome = await transact(tables, [
    put(tables.vault, item, [unchanged]),
    ...(published ? [put(tables.vault, { ...ringKey('public'), ...published })] : []),
  ]);
  return outcome.done;
}
