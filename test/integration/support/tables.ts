import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  type NativeAttributeValue,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { lane } from './lane.ts';
import type { BrandId } from './visitor.ts';

export type Item = Readonly<Record<string, NativeAttributeValue>>;
type TableId = 'Directory' | 'Sessions' | 'Vault';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let client: DynamoDBDocumentClient | undefined;

/** The tables themselves, past every function and fault. */
function tables(): DynamoDBDocumentClient {
  client ??= DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: lane().dynamodb, region: 'eu-west-1', credentials }),
  );
  return client;
}

const nameOf = (brand: BrandId, table: TableId) => `${brand}-dev-${table.toLowerCase()}`;

export async function readItem(brand: BrandId, table: TableId, pk: string, sk = '#'): Promise<Item | undefined> {
  const request = { TableName: nameOf(brand, table), Key: { pk, sk }, ConsistentRead: true };
  return (await tables().send(new GetCommand(request))).Item;
}

export async function putItem(brand: BrandId, table: TableId, item: Item): Promise<void> {
  await tables().send(new PutCommand({ TableName: nameOf(brand, table), Item: item }));
}

/** Sets attributes of an item. */
export async function patchItem(brand: BrandId, table: TableId, pk: string, sk: string, set: Item): Promise<void> {
  const names = Object.keys(set);
  await tables().send(
    new UpdateCommand({
      TableName: nameOf(brand, table),
      Key: { pk, sk },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
    }),
  );
}

/** All items of a partition. */
export async function partition(brand: BrandId, table: TableId, pk: string): Promise<readonly Item[]> {
  const request = {
    TableName: nameOf(brand, table),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  };
  return (await tables().send(new QueryCommand(request))).Items ?? [];
}

/** All items whose partition key begins so. */
export async function itemsUnder(brand: BrandId, table: TableId, prefix: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Record<string, NativeAttributeValue> | undefined;
  do {
    const page = await tables().send(
      new ScanCommand({
        TableName: nameOf(brand, table),
        FilterExpression: 'begins_with(pk, :prefix)',
        ExpressionAttributeValues: { ':prefix': prefix },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

/** Everything that the tables hold of a person. */
export async function holdings(brand: BrandId, sub: string) {
  const user = await readItem(brand, 'Directory', `USER#${sub}`);
  const identHash = String(user?.identHash);
  const [ident, credential, dataKey, sessions, consents] = await Promise.all([
    readItem(brand, 'Directory', `IDENT#${identHash}`),
    readItem(brand, 'Directory', `CRED#${identHash}`, 'password'),
    readItem(brand, 'Vault', `DATAKEY#${sub}`),
    partition(brand, 'Sessions', `GRANT#${sub}`),
    partition(brand, 'Directory', `CONSENT#${sub}`),
  ]);
  return { user, identHash, ident, credential, dataKey, sessions, consents };
}
