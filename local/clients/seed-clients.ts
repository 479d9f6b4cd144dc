import { createHash, randomBytes } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { DataFolder } from '../data-folder.ts';
import { refuse } from '../refusal.ts';
import type { PackedBrand } from './packed-brand.ts';

/** A client of the brand, as `/_local/clients` shows it. */
export interface LocalClient {
  readonly client_id: string;
  readonly first_party: boolean;
  readonly redirect_uris: readonly string[];
  readonly grant_types: readonly string[];
  /** Only of confidential clients; random, and of this data folder only. */
  readonly secret?: string;
}

const Secrets = z.record(z.string(), z.string());

/**
 * Gives each client that has a secret a random one, as `bin/client-secret.ts` does in AWS: its hash goes into the
 * Directory, the secret itself into the data folder, so that it stays the same between starts. `given`: secrets that a
 * fixture brings along.
 */
export async function seedClients(
  brand: PackedBrand,
  folder: DataFolder,
  dynamodb: DynamoDBClient,
  directoryTable: string,
  given: Readonly<Record<string, string>> = {},
): Promise<readonly LocalClient[]> {
  const saved = Secrets.safeParse(folder.read('client-secrets') ?? {});
  if (!saved.success) refuse(`${folder.path}/client-secrets.json is damaged: repair it, or start with --fresh.`);
  const secrets: Record<string, string> = { ...saved.data, ...given };
  const confidential = brand.clients.filter(({ authentication }) => authentication.startsWith('client_secret_'));
  for (const { id } of confidential) secrets[id] ??= randomBytes(32).toString('base64url');
  folder.write('client-secrets', secrets);
  await Promise.all(
    confidential.map(({ id }) => {
      const hash = createHash('sha256')
        .update(secrets[id] ?? '')
        .digest('base64url');
      const Item = { pk: { S: `CLIENT#${id}` }, sk: { S: '#' }, secretHashes: { L: [{ S: hash }] } };
      return dynamodb.send(new PutItemCommand({ TableName: directoryTable, Item }));
    }),
  );
  return brand.clients.map(({ id, firstParty, redirectUris, grants }) => {
    const secret = confidential.some((client) => client.id === id) ? secrets[id] : undefined;
    return {
      client_id: id,
      first_party: firstParty,
      redirect_uris: redirectUris,
      grant_types: grants,
      ...(secret === undefined ? {} : { secret }),
    };
  });
}
