import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { openAwsService, services } from './aws-service.ts';

/** The operations that stores use, with items as plain values. */
interface Operations {
  readonly GetItem: readonly [GetCommandInput, GetCommandOutput];
  readonly BatchGetItem: readonly [BatchGetCommandInput, BatchGetCommandOutput];
  readonly Query: readonly [QueryCommandInput, QueryCommandOutput];
  readonly PutItem: readonly [PutCommandInput, PutCommandOutput];
  readonly UpdateItem: readonly [UpdateCommandInput, UpdateCommandOutput];
  readonly DeleteItem: readonly [DeleteCommandInput, DeleteCommandOutput];
  readonly TransactWriteItems: readonly [TransactWriteCommandInput, TransactWriteCommandOutput];
}

/** DynamoDB as the stores see it; which client speaks is hidden behind it (DESIGN section 3). */
export interface Dynamodb {
  /** @throws AwsFailure, or the error of a connection that was refused, cut or too slow */
  call<O extends keyof Operations>(operation: O, input: Operations[O][0]): Promise<Omit<Operations[O][1], '$metadata'>>;
}

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const asWire = (item: unknown) => marshall(item as Json, { removeUndefinedValues: true });
const asItem = (item: unknown) => unmarshall(item as Parameters<typeof unmarshall>[0]);

/** Rewrites the members of a message: `single` hold one item, `lists` a list of items; all else is looked into. */
function rewrite(
  message: Json,
  members: { readonly single: ReadonlySet<string>; readonly lists: ReadonlySet<string> },
  write: (item: unknown) => unknown,
): Json {
  const visit = (value: unknown, name?: string): unknown => {
    if (!isJson(value)) return value;
    if (name !== undefined && members.single.has(name)) return write(value);
    if (Array.isArray(value)) return value.map((each) => (members.lists.has(name ?? '') ? write(each) : visit(each)));
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, visit(inner, member)]));
  };
  return visit(message) as Json;
}

const inputs = {
  single: new Set(['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey']),
  lists: new Set(['Keys']),
};
const outputs = { single: new Set(['Item', 'Attributes', 'LastEvaluatedKey']), lists: new Set(['Items', 'Keys']) };

/** The answer of a batch names its lists by their tables. */
function readBatch({ Responses, ...rest }: Json): Json {
  const lists = Object.entries((Responses ?? {}) as Readonly<Record<string, readonly unknown[]>>);
  return {
    ...rewrite(rest, outputs, asItem),
    Responses: Object.fromEntries(lists.map(([table, items]) => [table, items.map(asItem)])),
  };
}

/** Opens DynamoDB: items go in and come out as plain values; members that are `undefined` are left out. */
export function openDynamodb(env: NodeJS.ProcessEnv): Dynamodb {
  const call = openAwsService(services.dynamodb, env);
  return {
    async call(operation, input) {
      const reply = (await call(operation, rewrite(input as unknown as Json, inputs, asWire))) as Json;
      const output = operation === 'BatchGetItem' ? readBatch(reply) : rewrite(reply, outputs, asItem);
      return output as never;
    },
  };
}
