import { randomUUID } from 'node:crypto';
import { type NativeAttributeValue, unmarshall } from '@aws-sdk/util-dynamodb';
import { AwsFailure } from './aws-failure.ts';
import { absent, any, type Change, type Clause, differs, expression, withoutStaleEvent } from './clauses.ts';
import { isConflict, outlastConflicts } from './outlast-conflicts.ts';
import { storeFailure } from './store-failure.ts';
import type { Key, Tables } from './tables.ts';

export type Item = Readonly<Record<string, NativeAttributeValue>>;

/** `done`: the write took place and this is the item after it. Otherwise the item that stood in the way, if any. */
export type Outcome =
  | { readonly done: true; readonly item: Item }
  | { readonly done: false; readonly item: Item | undefined };

function conditionFailed(error: unknown): error is AwsFailure {
  return error instanceof AwsFailure && error.name === 'ConditionalCheckFailedException';
}

/** Attribute with the id of the operation that wrote last: how a retry knows its own write (F2). */
const mark = 'lastOp';

/**
 * One conditional update: check and change are one write (DESIGN section 1, rule 1).
 *
 * When the write was applied but its reply was lost, the client's retry meets its own mark: that is success, and a counter
 * does not move twice.
 *
 * @throws Refusal `unavailable`
 */
export async function updateWhere(
  tables: Tables,
  table: string,
  key: Key,
  change: Change,
  conditions: readonly Clause[],
): Promise<Outcome> {
  const op = randomUUID();
  const marked = withoutStaleEvent({ ...change, set: { ...change.set, [mark]: op } });
  const command = {
    TableName: table,
    Key: key,
    ...expression(marked, [...conditions, any(absent(mark), differs(mark, op))]),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  return outlastConflicts(async () => {
    try {
      const reply = await tables.client.call('UpdateItem', command);
      return { done: true, item: reply.Attributes ?? {} };
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      if (!conditionFailed(error)) throw storeFailure(error);
      const item = error.members.Item && unmarshall(error.members.Item);
      return item?.[mark] === op ? { done: true, item } : { done: false, item };
    }
  });
}

/**
 * Puts an item; with conditions, only where they hold.
 * @throws Refusal `unavailable`
 */
export async function putWhere(
  tables: Tables,
  table: string,
  item: Item,
  conditions: readonly Clause[] = [],
): Promise<boolean> {
  const command = { TableName: table, Item: item, ...expression({}, conditions) };
  return outlastConflicts(async () => {
    try {
      await tables.client.call('PutItem', command);
      return true;
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      if (conditionFailed(error)) return false;
      throw storeFailure(error);
    }
  });
}
