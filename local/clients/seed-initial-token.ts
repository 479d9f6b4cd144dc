import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { initialAccessToken } from '../../bin/initial-access-token.ts';
import type { DataFolder } from '../data-folder.ts';
import type { PackedBrand } from './packed-brand.ts';

const name = 'initial-access-token';
const USES = 1000;
const TEN_YEARS = 10 * 365 * 86_400;

/**
 * Where the brand lets clients register themselves, the token behind which they do, as `bin/initial-access-token.ts` makes
 * it in AWS: its hash goes into the table, the token into the data folder. It is good for a thousand clients from each
 * start on.
 */
export async function seedInitialToken(
  brand: PackedBrand,
  folder: DataFolder,
  dynamodb: DynamoDBClient,
  sessionsTable: string,
  now: number,
): Promise<string | undefined> {
  if (brand.dynamicRegistration === undefined) return undefined;
  const kept = z.string().safeParse(folder.read(name));
  const { token, item } = initialAccessToken(USES, Math.floor(now / 1000) + TEN_YEARS, kept.data);
  folder.write(name, token);
  const { pk, sk, ...numbers } = item;
  const counts = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, { N: String(value) }]));
  const Item = { pk: { S: pk }, sk: { S: sk }, ...counts };
  await dynamodb.send(new PutItemCommand({ TableName: sessionsTable, Item }));
  return token;
}
