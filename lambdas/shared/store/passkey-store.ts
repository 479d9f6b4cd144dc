import type { UserId } from '../domain/id.ts';
import type { Passkey, PasskeyChange } from '../domain/passkey.ts';
import { equals, present } from './clauses.ts';
import { type Item, updateWhere } from './conditional-write.ts';
import { factorKeyOf } from './factor-store.ts';
import { read, readAll } from './read.ts';
import { only, type Tables } from './tables.ts';

const prefix = 'passkey#';
const keyOf = (user: UserId, hash: string) => factorKeyOf(user, `${prefix}${hash}`);

/** Where it is filed whose credential it is, among all people. */
export const passkeyOwnerKey = (hash: string) => ({ pk: `PASSKEY#${hash}`, sk: only });

function toPasskey(item: Item): Passkey {
  return { ...(item as unknown as Passkey), hash: String(item.sk).slice(prefix.length) };
}

/** A person's own passkey: one that is filed under another person is none (PK5). @throws Refusal `unavailable` */
export async function findPasskey(tables: Tables, user: UserId, hash: string): Promise<Passkey | undefined> {
  const item = await read(tables, tables.directory, keyOf(user, hash));
  return item && toPasskey(item);
}

/** Every passkey of a person, oldest first. @throws Refusal `unavailable` */
export async function listPasskeys(tables: Tables, user: UserId): Promise<readonly Passkey[]> {
  const items = await readAll(tables, tables.directory, `FACTOR#${user}`, prefix);
  return items.map(toPasskey).toSorted((a, b) => a.addedAt - b.addedAt);
}

/** When a passkey that was found may be used: it is still there, and nobody else has used the same counter (PK8). */
export const unusedSince = ({ counter }: Passkey) => [present('pk'), equals('counter', counter)];

/**
 * Notes a use of a passkey as it was found. `false` where it was used or removed meanwhile: of two authenticators with
 * one counter, one loses.
 * @throws Refusal `unavailable`
 */
export async function usePasskey(
  tables: Tables,
  user: UserId,
  passkey: Passkey,
  change: PasskeyChange,
): Promise<boolean> {
  const key = keyOf(user, passkey.hash);
  return (await updateWhere(tables, tables.directory, key, { set: { ...change } }, unusedSince(passkey))).done;
}
