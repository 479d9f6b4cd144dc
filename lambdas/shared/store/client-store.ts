import { read } from './read.ts';
import { only, type Tables } from './tables.ts';

/** SHA-256 hashes (base64url) of a client's secrets: two while one replaces the other. @throws Refusal `unavailable` */
export async function clientSecretHashes(tables: Tables, clientId: string): Promise<readonly string[]> {
  const item = await read(tables, tables.directory, { pk: `CLIENT#${clientId}`, sk: only });
  return (item?.secretHashes as readonly string[] | undefined) ?? [];
}
