import type { AwsRequest, Demand, Subject } from '../aws-service.ts';
import { ServiceError } from '../aws-service.ts';
import type { Table } from './tables.ts';

/** One table that a request touches, by one IAM action, under some partition keys. */
export interface Touch {
  /** `PutItem`; transactions are authorized item by item under the item's own action. */
  readonly action: string;
  readonly table: string;
  readonly index: string | undefined;
  /** Partition key values; undefined where the request has none, as a Scan. */
  readonly keys: readonly string[] | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const WRITES: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);
const PLAIN_READS: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan']);
const TRANSACT_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** Tables and partition keys of a DynamoDB request, as IAM sees them (`dynamodb:LeadingKeys`). */
export function touches(request: AwsRequest, partitionKeyOf: (table: string) => string): readonly Touch[] {
  const { action, input } = request;
  const one = (entry: Json, as: string, keys: readonly string[] | undefined): Touch => ({
    action: as,
    table: tableName(String(entry.TableName ?? '')),
    index: typeof entry.IndexName === 'string' ? entry.IndexName : undefined,
    keys,
  });
  const keyOf = (entry: Json, table: string): string => text(record(entry.Key ?? entry.Item)[partitionKeyOf(table)]);
  const single = (entry: Json, as: string) => one(entry, as, [keyOf(entry, tableName(String(entry.TableName ?? '')))]);
  switch (action) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [single(input, action)];
    case 'Query':
      return [one(input, action, queryKey(input, partitionKeyOf(tableName(String(input.TableName)))))];
    case 'Scan':
    case 'DescribeTable':
    case 'DescribeTimeToLive':
      return [one(input, action, undefined)];
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return list(input.TransactItems).flatMap((item) =>
        Object.entries(record(item)).map(([verb, entry]) => single(record(entry), TRANSACT_ACTIONS[verb] ?? verb)),
      );
    case 'BatchGetItem':
      return Object.entries(record(input.RequestItems)).map(([table, request]) => {
        const keys = list(record(request).Keys).map((key) => keyOf({ Key: key }, tableName(table)));
        return { action, table: tableName(table), index: undefined, keys };
      });
    case 'BatchWriteItem':
      return Object.entries(record(input.RequestItems)).map(([table, requests]) => {
        const entries = list(requests).flatMap((request) => Object.values(record(request)));
        const keys = entries.map((entry) => keyOf(record(entry), tableName(table)));
        return { action, table: tableName(table), index: undefined, keys };
      });
    default:
      throw new ServiceError('UnknownOperationException', `The local cloud does not know dynamodb:${action}.`);
  }
}

export function subjectOf(request: AwsRequest, touched: readonly Touch[]): Subject {
  const items = touched.flatMap(({ keys }) => keys ?? []).map((key) => key.split('#')[0] ?? '');
  return {
    targets: [...new Set(touched.map(({ table }) => table))],
    items: [...new Set(items)],
    writes: WRITES.has(request.action),
    ...consistencyOf(request),
  };
}

/** Transactions read consistently by themselves, and are no plain reads. */
function consistencyOf({ action, input }: AwsRequest): Pick<Subject, 'consistent'> {
  const asked = (entry: Json) => entry.ConsistentRead === true;
  if (action === 'BatchGetItem')
    return { consistent: Object.values(record(input.RequestItems)).map(record).every(asked) };
  return PLAIN_READS.has(action) ? { consistent: asked(input) } : {};
}

/**
 * Permissions that a request needs: the action on the table (or index) with its leading keys, and, where the table has
 * a customer-managed key, the use of that key through DynamoDB.
 */
export function demandsOf(
  touched: readonly Touch[],
  table: (name: string) => Table,
  region: string,
): readonly Demand[] {
  const demands = touched.map(({ action, table: name, index, keys }): Demand => {
    const resource = index === undefined ? table(name).arn : `${table(name).arn}/index/${index}`;
    return {
      action: `dynamodb:${action}`,
      resource,
      context: keys === undefined ? {} : { 'dynamodb:LeadingKeys': [...keys] },
    };
  });
  const keyArns = new Set(touched.flatMap(({ table: name }) => table(name).keyArn ?? []));
  const unlocks = [...keyArns].map(
    (resource): Demand => ({
      action: 'kms:Decrypt',
      resource,
      context: {
        'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
        'kms:CallerAccount': resource.split(':')[4] ?? '',
      },
    }),
  );
  return [...demands, ...unlocks];
}

/** The partition key value of `KeyConditionExpression` (`#pk = :pk`). */
function queryKey(input: Json, partitionKey: string): readonly string[] {
  const names = record(input.ExpressionAttributeNames);
  const values = record(input.ExpressionAttributeValues);
  for (const [, name, placeholder] of String(input.KeyConditionExpression ?? '').matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((names[name ?? ''] ?? name) === partitionKey) return [text(values[placeholder ?? ''])];
  }
  throw new ServiceError('ValidationException', 'Query condition missed key schema element: the partition key.');
}

function tableName(reference: string): string {
  return /:table\/([^/]+)/.exec(reference)?.[1] ?? reference;
}

function record(value: unknown): Json {
  return value !== null && typeof value === 'object' ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A key in DynamoDB JSON (`{ S: … }`, `{ N: … }`, `{ B: … }`). */
function text(value: unknown): string {
  return String(Object.values(record(value))[0] ?? '');
}
