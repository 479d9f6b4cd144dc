import type { Item } from './conditional-write.ts';
import { storeFailure } from './store-failure.ts';
import type { Key, Tables } from './tables.ts';

/**
 * Reads one item, strongly consistent: every read here decides something (F7).
 * @throws Refusal `unavailable`
 */
export async function read(tables: Tables, table: string, key: Key): Promise<Item | undefined> {
  return get(tables, table, key, true);
}

/**
 * Reads one item as it was a moment ago, at half the price: only for what is a hint and decides nothing alone.
 * @throws Refusal `unavailable`
 */
export async function readLately(tables: Tables, table: string, key: Key): Promise<Item | undefined> {
  return get(tables, table, key, false);
}

async function get(tables: Tables, table: string, key: Key, ConsistentRead: boolean): Promise<Item | undefined> {
  try {
    const reply = await tables.client.call('GetItem', { TableName: table, Key: key, ConsistentRead });
    return reply.Item;
  } catch (error) {
    throw storeFailure(error);
  }
}

/**
 * Reads a partition to its end, whatever the pages: an empty page with a `LastEvaluatedKey` is not the end (F9).
 * @throws Refusal `unavailable`
 */
export async function readAll(tables: Tables, table: string, pk: string, prefix = ''): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    try {
      const page = await tables.client.call('Query', {
        TableName: table,
        KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
        ExpressionAttributeValues: prefix ? { ':pk': pk, ':prefix': prefix } : { ':pk': pk },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      });
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } catch (error) {
      throw storeFailure(error);
    }
  } while (from);
  return items;
}

/** Reads the last items of a partition, last first, strongly consistent. @throws Refusal `unavailable` */
export async function readNewest(tables: Tables, table: string, pk: string, most: number): Promise<readonly Item[]> {
  try {
    const page = await tables.client.call('Query', {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: most,
    });
    return page.Items ?? [];
  } catch (error) {
    throw storeFailure(error);
  }
}
