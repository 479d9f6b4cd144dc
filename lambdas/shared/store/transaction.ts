import { randomUUID } from 'node:crypto';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AwsFailure } from './aws-failure.ts';
import { type Change, type Clause, expression, withoutStaleEvent } from './clauses.ts';
import type { Item } from './conditional-write.ts';
import { isConflict, outlastConflicts } from './outlast-conflicts.ts';
import { storeFailure } from './store-failure.ts';
import type { Key, Tables } from './tables.ts';

/** One write or check of a transaction. */
export type Step = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const put = (table: string, item: Item, conditions: readonly Clause[] = []): Step => ({
  Put: { TableName: table, Item: item, ...expression({}, conditions) },
});

export const update = (table: string, key: Key, change: Change, conditions: readonly Clause[] = []): Step => ({
  Update: {
    TableName: table,
    Key: key,
    UpdateExpression: '',
    ...expression(withoutStaleEvent(change), conditions),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

export const remove = (table: string, key: Key, conditions: readonly Clause[] = []): Step => ({
  Delete: { TableName: table, Key: key, ...expression({}, conditions) },
});

export const ensure = (table: string, key: Key, conditions: readonly Clause[]): Step => ({
  ConditionCheck: { TableName: table, Key: key, ConditionExpression: '', ...expression({}, conditions) },
});

/**
 * All steps took place, or none: then `failed` is the place of the first step whose condition did not hold, and `item` what
 * stood in the way of an update.
 */
export type Committed =
  | { readonly done: true }
  | { readonly done: false; readonly failed: number; readonly item: Item | undefined };

function verdict(error: AwsFailure): Committed | 'conflict' {
  const reasons = error.members.CancellationReasons ?? [];
  const codes = reasons.map((reason) => reason.Code);
  const failed = codes.indexOf('ConditionalCheckFailed');
  if (failed >= 0) {
    const item = reasons[failed]?.Item;
    return { done: false, failed, item: item && unmarshall(item) };
  }
  const passing = codes.some((code) => code === 'TransactionConflict' || code === 'ThrottlingError');
  if (passing || codes.includes('ProvisionedThroughputExceeded')) return 'conflict';
  throw error;
}

/**
 * All or nothing. One ClientRequestToken for every try: a retry after a conflict or a lost reply is harmless (F2, F4).
 * @throws Refusal `unavailable` when rivals or throttles do not give way
 */
export async function transact(tables: Tables, steps: readonly Step[]): Promise<Committed> {
  const command = { TransactItems: [...steps], ClientRequestToken: randomUUID() };
  return outlastConflicts(async () => {
    try {
      await tables.client.call('TransactWriteItems', command);
      return { done: true };
    } catch (error) {
      if (error instanceof AwsFailure && error.name === 'TransactionCanceledException') return verdict(error);
      if (isConflict(error)) return 'conflict';
      throw storeFailure(error);
    }
  });
}
