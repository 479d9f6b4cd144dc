import type { ItemEvent } from '../domain/event.ts';
import type { Registration } from '../domain/registration.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, equals, present } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { read } from './read.ts';
import { only, type Tables } from './tables.ts';
import { put, transact, update } from './transaction.ts';

const keyOf = (clientId: string) => ({ pk: `CLIENT#${clientId}`, sk: only });
const tokenKey = (hash: string) => ({ pk: `REGISTRATION#${hash}`, sk: only });

/** SHA-256 hashes (base64url) of a client's secrets: two while one replaces the other. @throws Refusal `unavailable` */
export async function clientSecretHashes(tables: Tables, clientId: string): Promise<readonly string[]> {
  const item = await read(tables, tables.directory, keyOf(clientId));
  return (item?.secretHashes as readonly string[] | undefined) ?? [];
}

/** A client that registered itself and has not been deleted. @throws Refusal `unavailable` */
export async function findRegistration(tables: Tables, clientId: string): Promise<Registration | undefined> {
  const item = await read(tables, tables.directory, keyOf(clientId));
  if (item?.client === undefined) return undefined;
  const { client, uris, secretHashes, accessHash, registeredAt, version } = item as unknown as Registration;
  return { client, uris, secretHashes, accessHash, registeredAt, version };
}

/** Whether an initial access token is good for one more client. @throws Refusal `unavailable` */
export async function mayRegister(tables: Tables, tokenHash: string, now: number): Promise<boolean> {
  const item = await read(tables, tables.sessions, tokenKey(tokenHash));
  return item !== undefined && item.left > 0 && item.until > seconds(now);
}

/**
 * Adds a client and takes one use of its initial access token: both or neither.
 * @returns `false` where the token is over or used up
 * @throws Refusal `unavailable`
 */
export async function addRegistration(
  tables: Tables,
  tokenHash: string,
  registration: Registration,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const good = [after('left', 0), after('until', seconds(now))];
  const outcome = await transact(tables, [
    update(tables.sessions, tokenKey(tokenHash), { add: { left: -1 } }, good),
    put(tables.directory, { ...keyOf(registration.client.id), ...registration, event }, [absent('pk')]),
  ]);
  return outcome.done;
}

/** Replaces a registration as seen at its version. `false` where it changed meanwhile or is gone. @throws Refusal `unavailable` */
export async function replaceRegistration(
  tables: Tables,
  { version, ...registration }: Registration,
  event: ItemEvent,
): Promise<boolean> {
  const change = { set: { ...registration, version: version + 1, event } };
  const conditions = [present('client'), equals('version', version)];
  return (await updateWhere(tables, tables.directory, keyOf(registration.client.id), change, conditions)).done;
}

/**
 * Deletes a client. What is left says that it was there, so that its end is an event like any other and its id nobody
 * else's. `false` where it was gone before.
 * @throws Refusal `unavailable`
 */
export async function endRegistration(
  tables: Tables,
  clientId: string,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const remove = ['client', 'uris', 'secretHashes', 'accessHash', 'registeredAt', 'version'];
  const change = { set: { deletedAt: now, event }, remove };
  return (await updateWhere(tables, tables.directory, keyOf(clientId), change, [present('client')])).done;
}
