import { describe, expect, test } from 'vitest';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { AwsFailure } from '../../lambdas/shared/store/aws-failure.ts';
import {
  absent,
  any,
  below,
  contains,
  differs,
  equals,
  expression,
  present,
} from '../../lambdas/shared/store/clauses.ts';
import { updateWhere } from '../../lambdas/shared/store/conditional-write.ts';
import { storeFailure } from '../../lambdas/shared/store/store-failure.ts';
import { ensure, put, transact } from '../../lambdas/shared/store/transaction.ts';
import { MemoryTables, type Network } from './memory-tables.ts';
import { rejection } from './sample-keys.ts';

const key = { pk: 'RATE#x', sk: '#' };
const cancelled = (...codes: readonly string[]) =>
  new AwsFailure('TransactionCanceledException', 400, { CancellationReasons: codes.map((Code) => ({ Code })) });

/** Tables that answer the first calls with these failures, and note each call. */
function failing(...failures: readonly unknown[]) {
  const calls: object[] = [];
  const memory = new MemoryTables(async (apply, _, input) => {
    const failure = failures[calls.push(input) - 1];
    if (failure !== undefined) throw failure;
    return apply();
  });
  return { calls, memory, tables: memory.tables };
}

describe('expressions', () => {
  test('each value has an alias of its own, each name an alias, and nothing is put into the text', () => {
    const change = { set: { status: 'a', gone: undefined }, add: { n: 1 }, remove: ['old'] };
    const conditions = [
      present('pk'),
      equals('status', "' OR attribute_exists(pk) OR 'x"),
      any(absent('n'), below('n', 5)),
      contains('scopes', 'openid'),
      differs('lastOp', 'x'),
    ];
    expect(expression(change, conditions)).toEqual({
      UpdateExpression: 'SET #status = :v0 ADD #n :v1 REMOVE #old',
      ConditionExpression:
        'attribute_exists(#pk) AND #status = :v2 AND (attribute_not_exists(#n) OR #n < :v3) AND contains(#scopes, :v4) AND #lastOp <> :v5',
      ExpressionAttributeNames: {
        '#status': 'status',
        '#n': 'n',
        '#old': 'old',
        '#pk': 'pk',
        '#scopes': 'scopes',
        '#lastOp': 'lastOp',
      },
      ExpressionAttributeValues: {
        ':v0': 'a',
        ':v1': 1,
        ':v2': "' OR attribute_exists(pk) OR 'x",
        ':v3': 5,
        ':v4': 'openid',
        ':v5': 'x',
      },
    });
    expect(expression({}, [])).toEqual({});
  });
});

describe('a conditional update', () => {
  /** The write is applied and its reply lost, so that the client sends it again. */
  const lossy: Network = async (apply, operation) => {
    if (operation === 'UpdateItem') apply();
    return apply();
  };

  test('F2: a retry that meets its own write is success, and the counter moved once', async () => {
    const memory = new MemoryTables(lossy);
    for (const count of [1, 2, 3]) {
      const outcome = await updateWhere(memory.tables, 'Sessions', key, { add: { n: 1 } }, [
        any(absent('n'), below('n', 3)),
      ]);
      expect(outcome).toMatchObject({ done: true, item: { n: count } });
    }
    const over = await updateWhere(new MemoryTables(lossy).tables, 'Sessions', key, { add: { n: 1 } }, [present('n')]);
    expect(over).toEqual({ done: false, item: undefined });
  });

  test('F2: a rival’s write is never taken for its own, whoever was last', async () => {
    const { tables } = new MemoryTables();
    const once = [absent('consumedAt')];
    expect(await updateWhere(tables, 'Sessions', key, { set: { consumedAt: 1 } }, once)).toMatchObject({ done: true });
    const second = await updateWhere(tables, 'Sessions', key, { set: { consumedAt: 2 } }, once);
    expect(second).toMatchObject({ done: false, item: { consumedAt: 1 } });
  });

  test('F3: of fifty rivals one wins', async () => {
    const { tables } = new MemoryTables();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, at) => updateWhere(tables, 'Sessions', key, { set: { by: at } }, [absent('by')])),
    );
    expect(outcomes.filter(({ done }) => done)).toHaveLength(1);
  });

  test('F4: a rival’s transaction on the item is outlasted with the same mark, and only so long', async () => {
    const conflict = new AwsFailure('TransactionConflictException', 400);
    const { calls, tables } = failing(conflict, conflict);
    expect(await updateWhere(tables, 'Sessions', key, { add: { n: 1 } }, [])).toMatchObject({ done: true });
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1);
    const always = failing(...Array(20).fill(conflict));
    expect(await rejection(updateWhere(always.tables, 'Sessions', key, { add: { n: 1 } }, []))).toMatchObject({
      code: 'unavailable',
    });
    expect(always.calls.length).toBeLessThanOrEqual(5);
  });
});

describe('a transaction', () => {
  const steps = [put('Directory', key, [absent('pk')]), ensure('Directory', { ...key, sk: 'x' }, [absent('pk')])];
  const token = (call: object | undefined) => (call as { ClientRequestToken?: string } | undefined)?.ClientRequestToken;

  test.each([
    ['a conflict', cancelled('None', 'TransactionConflict')],
    ['a throttle', cancelled('ThrottlingError', 'None')],
    ['a throughput limit', cancelled('None', 'ProvisionedThroughputExceeded')],
    ['a conflict outside', new AwsFailure('TransactionConflictException', 400)],
  ])('F4: %s is tried again with the same request token', async (_, failure) => {
    const { calls, memory, tables } = failing(failure);
    expect(await transact(tables, steps)).toEqual({ done: true });
    expect(calls).toHaveLength(2);
    expect(token(calls[0])).toMatch(/^[0-9a-f-]{36}$/);
    expect(token(calls[1])).toBe(token(calls[0]));
    expect(memory.items.size).toBe(1);
    const other = failing();
    await transact(other.tables, steps);
    expect(token(other.calls[0])).not.toBe(token(calls[0]));
  });

  test('F4: rivals that never give way end in unavailable with Retry-After, well within the timeout', async () => {
    const { calls, tables } = failing(...Array(20).fill(cancelled('TransactionConflict')));
    const began = performance.now();
    const refusal = await rejection(transact(tables, steps));
    expect(refusal).toMatchObject({ code: 'unavailable', details: { retryAfter: expect.any(Number) } });
    expect(calls.length).toBeGreaterThanOrEqual(3);
    expect(calls.length).toBeLessThanOrEqual(5);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test.each([
    [['ConditionalCheckFailed', 'None'], 0],
    [['None', 'ConditionalCheckFailed'], 1],
    [['None', 'ConditionalCheckFailed', 'ConditionalCheckFailed'], 1],
    [['TransactionConflict', 'None', 'ConditionalCheckFailed'], 2],
    [['ThrottlingError', 'ConditionalCheckFailed'], 1],
  ])('F5: of the reasons %j the condition that failed is named: step %i', async (codes, failed) => {
    const { calls, tables } = failing(cancelled(...codes));
    expect(await transact(tables, steps)).toEqual({ done: false, failed });
    expect(calls).toHaveLength(1);
  });

  test.each([[['ValidationError']], [['ItemCollectionSizeLimitExceeded', 'None']], [[]]])(
    'F5: the reasons %j are a fault, not a verdict',
    async (codes) => {
      const failure = cancelled(...codes);
      expect(await rejection(transact(failing(failure).tables, steps))).toBe(failure);
    },
  );

  test('F5: a fault that cannot pass is thrown as it is, once', async () => {
    const fault = new AwsFailure('ValidationException', 400);
    const { calls, tables } = failing(fault);
    expect(await rejection(transact(tables, steps))).toBe(fault);
    expect(calls).toHaveLength(1);
  });
});

describe('failures of the store', () => {
  const named = (name: string) => Object.assign(new Error('x'), { name });
  const coded = (code: string) => Object.assign(new Error('x'), { code });

  test.each([
    new AwsFailure('ProvisionedThroughputExceededException', 400),
    new AwsFailure('ThrottlingException', 400),
    new AwsFailure('RequestLimitExceeded', 400),
    new AwsFailure('TransactionInProgressException', 400),
    new AwsFailure('Status429', 429),
    new AwsFailure('InternalServerError', 500),
    new AwsFailure('Status502', 502),
    new AwsFailure('Status503', 503),
    new AwsFailure('DisabledException', 400),
    new AwsFailure('KMSInvalidStateException', 400),
    new AwsFailure('KeyUnavailableException', 500),
    named('TimeoutError'),
    coded('ECONNRESET'),
    coded('ECONNREFUSED'),
    coded('ETIMEDOUT'),
    coded('EPIPE'),
    coded('ENOTFOUND'),
    coded('EAI_AGAIN'),
    coded('EHOSTUNREACH'),
    coded('ENETUNREACH'),
  ])('F1, F18: %o may pass: unavailable with Retry-After, the cause kept for the log', (error) => {
    const failure = storeFailure(error);
    expect(failure).toBeInstanceOf(Refusal);
    expect(failure).toMatchObject({ code: 'unavailable', details: { retryAfter: expect.any(Number) }, cause: error });
  });

  test.each([
    new AwsFailure('ValidationException', 400),
    new AwsFailure('AccessDeniedException', 400),
    new AwsFailure('ResourceNotFoundException', 400),
    new TypeError('x'),
    'text',
    undefined,
  ])('F1: %o is a fault of ours and stays what it is', (error) => {
    expect(storeFailure(error)).toBe(error);
  });

  test('F1: a refusal stays the same refusal', () => {
    const refusal = new Refusal('flow_expired');
    expect(storeFailure(refusal)).toBe(refusal);
  });
});
