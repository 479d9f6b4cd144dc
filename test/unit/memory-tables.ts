import { marshall } from '@aws-sdk/util-dynamodb';
import { AwsFailure } from '../../lambdas/shared/store/aws-failure.ts';
import type { Item } from '../../lambdas/shared/store/conditional-write.ts';
import type { Tables } from '../../lambdas/shared/store/tables.ts';

/** The members of a call or of a step of a transaction that say what it does. */
interface Call {
  readonly TableName?: string | undefined;
  readonly Key?: Item | undefined;
  readonly Item?: Item | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ConsistentRead?: boolean | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

const comparisons: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '=': (a, b) => a === b,
  // DynamoDB compares nothing with an absent attribute but `<>`, which holds.
  '<>': (a, b) => a !== b,
  '>': (a, b) => typeof a === typeof b && (a as number) > (b as number),
  '<': (a, b) => typeof a === typeof b && (a as number) < (b as number),
  '<=': (a, b) => typeof a === typeof b && (a as number) <= (b as number),
};

/** One clause of `store/clauses.ts`. An expression of another shape is an error, never true. */
function clauseHolds(clause: string, item: Item | undefined, call: Call): boolean {
  const names = call.ExpressionAttributeNames ?? {};
  const values = call.ExpressionAttributeValues ?? {};
  const attribute = (alias = '') => {
    const name = names[alias];
    if (name === undefined) throw new Error(`no attribute name for ${alias}`);
    return item?.[name];
  };
  const group = /^\((.+)\)$/.exec(clause);
  if (group) return (group[1] ?? '').split(' OR ').some((part) => clauseHolds(part, item, call));
  const exists = /^attribute_(not_)?exists\((#\w+)\)$/.exec(clause);
  if (exists) return (attribute(exists[2]) !== undefined) === (exists[1] === undefined);
  const element = /^contains\((#\w+), (:\w+)\)$/.exec(clause);
  if (element) return ((attribute(element[1]) ?? []) as readonly unknown[]).includes(values[element[2] ?? '']);
  const comparison = /^(#\w+) (=|<>|>|<|<=) (:\w+)$/.exec(clause);
  if (!comparison) throw new Error(`clause of unknown shape: ${clause}`);
  const [, left, operator = '', right = ''] = comparison;
  if (!(right in values)) throw new Error(`no value for ${right}`);
  return comparisons[operator]?.(attribute(left), values[right]) ?? false;
}

function holds(call: Call, item: Item | undefined): boolean {
  const { ConditionExpression: condition } = call;
  return !condition || condition.split(' AND ').every((clause) => clauseHolds(clause, item, call));
}

function updated(call: Call, item: Item | undefined): Item {
  const names = call.ExpressionAttributeNames ?? {};
  const values = call.ExpressionAttributeValues ?? {};
  const after: Record<string, unknown> = { ...call.Key, ...item };
  for (const part of (call.UpdateExpression ?? '').split(/ ?(?=\b(?:SET|ADD|REMOVE) #)/)) {
    const [, verb, list = ''] = /^(SET|ADD|REMOVE) (.+)$/.exec(part) ?? [];
    if (!verb) throw new Error(`update of unknown shape: ${call.UpdateExpression}`);
    for (const entry of list.split(', ')) {
      const [alias = '', value = ''] = entry.split(verb === 'SET' ? ' = ' : ' ');
      const name = names[alias] ?? '';
      if (verb === 'SET') after[name] = values[value];
      else if (verb === 'ADD') after[name] = Number(after[name] ?? 0) + Number(values[value]);
      else delete after[name];
    }
  }
  return after;
}

/** How a call reaches the tables: at once, later, twice, or not at all. */
export type Network = <T>(apply: () => T, operation: string, input: object) => Promise<T>;

export const atOnce: Network = async (apply) => apply();

const marshalled = (item: Item) => marshall(item, { removeUndefinedValues: true }) as Record<string, never>;

function conditionFailed(item: Item | undefined): AwsFailure {
  return new AwsFailure('ConditionalCheckFailedException', 400, item ? { Item: marshalled(item) } : {});
}

/**
 * Tables in memory under the real store verbs: they read the expressions that `store/clauses.ts` writes, one call at a
 * time, as DynamoDB serialises writes of one item. Nothing expires by itself: TTL only cleans up (F8). That DynamoDB
 * accepts the expressions is for the integration tests to show.
 */
export class MemoryTables {
  readonly items = new Map<string, Item>();
  readonly tables: Tables;

  constructor(network: Network = atOnce) {
    const call = (operation: string, input: object) => network(() => this.#apply(operation, input), operation, input);
    const client = { call } as Tables['client'];
    this.tables = { client, directory: 'Directory', sessions: 'Sessions', vault: 'Vault' };
  }

  /** Items whose partition key begins so. */
  of(type: string): readonly Item[] {
    return [...this.items.values()].filter((item) => String(item.pk).startsWith(`${type}#`));
  }

  #at(call: Call): { readonly id: string; readonly item: Item | undefined } {
    const key = call.Key ?? call.Item;
    const id = `${call.TableName} ${key?.pk} ${key?.sk}`;
    return { id, item: this.items.get(id) };
  }

  #partition({ TableName, ExpressionAttributeValues: values }: Call): readonly Item[] {
    const partition = `${TableName} ${values?.[':pk']} `;
    return [...this.items].filter(([id]) => id.startsWith(partition)).map(([, item]) => item);
  }

  #apply(operation: string, input: object): never {
    return this.#answer(operation, input) as never;
  }

  #answer(operation: string, input: object): object {
    if (operation === 'TransactWriteItems') {
      return this.#transact((input as { readonly TransactItems: readonly object[] }).TransactItems);
    }
    const call: Call = input;
    const { id, item } = this.#at(call);
    if (operation === 'GetItem' || operation === 'Query') {
      const isHint = String(call.Key?.pk).startsWith('SEEN#');
      if (!call.ConsistentRead && !isHint) throw new Error('a read that decides must be consistent (F7)');
      return operation === 'GetItem' ? { Item: item } : { Items: this.#partition(call) };
    }
    if (!holds(call, item)) throw conditionFailed(item);
    this.#write(operation.replace('Item', ''), call, id);
    return { Attributes: this.items.get(id) };
  }

  #write(verb: string, call: Call, id: string): void {
    if (verb === 'Put') this.items.set(id, call.Item ?? {});
    else if (verb === 'Update') this.items.set(id, updated(call, this.items.get(id)));
    else if (verb === 'Delete') this.items.delete(id);
    else if (verb !== 'ConditionCheck') throw new Error(`call of unknown kind: ${verb}`);
  }

  #transact(steps: readonly object[]): object {
    const calls = steps.map((step) => {
      const [[verb, call] = ['', {}]] = Object.entries(step);
      return { verb, call: call as Call, ...this.#at(call) };
    });
    if (new Set(calls.map(({ id }) => id)).size < calls.length) throw new AwsFailure('ValidationException', 400);
    const verdicts = calls.map(({ call, item }) => holds(call, item));
    if (verdicts.includes(false)) {
      const CancellationReasons = verdicts.map((held, at) => {
        const { call, item } = calls[at] ?? {};
        const tells = !held && call?.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
        return { Code: held ? 'None' : 'ConditionalCheckFailed', ...(tells && item && { Item: marshalled(item) }) };
      });
      throw new AwsFailure('TransactionCanceledException', 400, { CancellationReasons });
    }
    for (const { verb, call, id } of calls) this.#write(verb, call, id);
    return {};
  }
}
