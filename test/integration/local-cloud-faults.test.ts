import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, put, putEvent, type RunningFixture, runFixture, type Step } from './local-cloud-run.ts';

const TABLE = 'shop-dev-directory';
let shop: RunningFixture;

beforeAll(async () => {
  shop = await runFixture();
});
afterAll(() => shop.stop());
beforeEach(async () => {
  const faults: readonly { id: string }[] = await shop.desk('faults');
  for (const { id } of faults) await fetch(`${shop.url}/_local/faults/${id}`, { method: 'DELETE' });
});

/** Whether an item is there, seen past every fault. */
async function exists(pk: string): Promise<boolean> {
  const tables: Readonly<Record<string, readonly { pk: { S: string } }[]>> = await shop.desk('tables');
  return tables[TABLE]?.some((item) => item.pk.S === pk) === true;
}

describe('errors of a service', () => {
  test('a throttle that passes is invisible behind the retries of the SDK, and seen in the record', async () => {
    const error = { code: 'ProvisionedThroughputExceededException' };
    const id = await shop.addFault({ kind: 'error', service: 'dynamodb', action: 'PutItem', times: 1, error });
    const { results, report } = await shop.run({ steps: [[put('USER#f1')]] }, { path: '/patient' });
    expect(results[0]?.[0].error).toBeUndefined();
    expect(report?.calls.map(({ status, error, faults }) => [status, error, faults])).toEqual([
      [400, 'ProvisionedThroughputExceededException', [id]],
      [200, undefined, []],
    ]);
    expect(await shop.desk(`faults/${id}`)).toMatchObject({ matched: 2, hits: 1 });
  });

  test('a cancelled transaction carries its reasons', async () => {
    const members = { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'taken' }] };
    await shop.addFault({
      kind: 'error',
      action: 'TransactWriteItems',
      error: { code: 'TransactionCanceledException', members },
    });
    const { results } = await shop.steps([
      'dynamodb',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: TABLE, Item: { pk: { S: 'USER#f5' }, sk: { S: '#' } } } }] },
    ]);
    expect(results[0]?.[0]).toMatchObject({
      error: 'TransactionCanceledException',
      reasons: members.CancellationReasons,
    });
    expect(await exists('USER#f5')).toBe(false);
  });

  test('KMS and SES speak their own error formats', async () => {
    await shop.addFault({ kind: 'error', service: 'kms', error: { code: 'DisabledException', message: 'off' } });
    await shop.addFault({
      kind: 'error',
      service: 'ses',
      error: { code: 'Throttling', message: 'Maximum sending rate exceeded.', status: 400 },
    });
    const { body } = await shop.run({});
    const { results } = await shop.steps(
      [
        'kms',
        'GenerateDataKey',
        { KeyId: body.environment.VAULT_KEY_ARN, KeySpec: 'AES_256', EncryptionContext: { ring: 'signing' } },
      ],
      [
        'ses',
        'SendEmail',
        {
          Source: 'no-reply@shop.example',
          Destination: { ToAddresses: ['anna@example.com'] },
          Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
        },
      ],
    );
    expect(results.map(([{ error, message }]) => [error, message])).toEqual([
      ['DisabledException', 'off'],
      ['Throttling', 'Maximum sending rate exceeded.'],
    ]);
  });
});

describe('selectors', () => {
  test('by table, item type, function and turn', async () => {
    const error = { code: 'ThrottlingException' };
    await shop.addFault({ kind: 'error', table: 'Directory', itemType: 'USER', function: 'probe', nth: 2, error });
    const { results } = await shop.steps(get('RING#one'), get('USER#1'), get('USER#1'), get('USER#1'));
    expect(results.map(([result]) => result.error)).toEqual([undefined, undefined, 'ThrottlingException', undefined]);
    await shop.addFault({ kind: 'error', function: 'login', error });
    await shop.addFault({ kind: 'error', table: 'Vault', error });
    expect((await shop.steps(get('USER#1'))).results[0]?.[0].error).toBeUndefined();
  });

  test('by the request that asks for it', async () => {
    const id = await shop.addFault({ kind: 'error', tagged: true, error: { code: 'ThrottlingException' } });
    const script = { steps: [[get('USER#1')]] };
    expect((await shop.run(script)).results[0]?.[0].error).toBeUndefined();
    const tagged = await shop.run(script, { headers: { 'x-local-fault': `other, ${id}` } });
    expect(tagged.results[0]?.[0].error).toBe('ThrottlingException');
  });
});

describe('lost messages', () => {
  test('a dropped reply leaves the write applied, a dropped request does not', async () => {
    const reply = await shop.addFault({ kind: 'drop-reply', action: 'PutItem', times: 1 });
    const lost = await shop.steps(put('USER#f2'));
    expect(lost.results[0]?.[0].error).toMatch(/TimeoutError|ECONNRESET/);
    expect(lost.report?.calls[0]).toMatchObject({ status: 0, faults: [reply] });
    expect(await exists('USER#f2')).toBe(true);
    await shop.addFault({ kind: 'drop-request', action: 'PutItem', times: 1 });
    await shop.steps(put('USER#f2b'));
    expect(await exists('USER#f2b')).toBe(false);
  });

  test('a retry after a lost reply meets its own write', async () => {
    await shop.addFault({ kind: 'drop-reply', action: 'UpdateItem', times: 1 });
    const count: Step = [
      'dynamodb',
      'UpdateItem',
      {
        TableName: TABLE,
        Key: { pk: { S: 'USER#counter' }, sk: { S: '#' } },
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      },
    ];
    const { results } = await shop.run({ steps: [[count]] }, { path: '/patient' });
    expect(results[0]?.[0].Attributes.n).toEqual({ N: '2' });
  });

  test('a delay holds the call up', async () => {
    await shop.addFault({ kind: 'delay', ms: 300, action: 'GetItem' });
    const { report } = await shop.steps(get('USER#1'));
    expect(report?.calls[0]?.ms).toBeGreaterThanOrEqual(295);
  });
});

describe('a function that dies between two writes', () => {
  test.each([1, 2])('after write %i, nothing further is applied', async (writes) => {
    const id = await shop.addFault({ kind: 'kill-after-write', writes, tagged: true });
    const keys = [`USER#kill-${writes}-1`, `USER#kill-${writes}-2`, `USER#kill-${writes}-3`];
    const { status, body } = await shop.run(
      { steps: keys.map((key) => [put(key)]) },
      { headers: { 'x-local-fault': id } },
    );
    expect([status, body]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(await Promise.all(keys.map(exists))).toEqual(keys.map((_, index) => index < writes));
    expect((await shop.run({})).status).toBe(200);
  });
});

describe('partial answers', () => {
  test('a batch comes back in part', async () => {
    await shop.addFault({ kind: 'unprocessed', action: 'BatchWriteItem', times: 1 });
    const request = (pk: string) => ({ PutRequest: { Item: { pk: { S: pk }, sk: { S: '#' } } } });
    const { results } = await shop.steps([
      'dynamodb',
      'BatchWriteItem',
      { RequestItems: { [TABLE]: [request('USER#b1'), request('USER#b2')] } },
    ]);
    expect(results[0]?.[0].UnprocessedItems).toEqual({ [TABLE]: [request('USER#b2')] });
    expect([await exists('USER#b1'), await exists('USER#b2')]).toEqual([true, false]);
  });

  test('an empty page is followed by what it hid', async () => {
    await shop.steps(putEvent('USER#pages', 'p'));
    await shop.addFault({ kind: 'empty-page', action: 'Query', times: 1 });
    const query = (more = {}): Step => [
      'dynamodb',
      'Query',
      {
        TableName: TABLE,
        KeyConditionExpression: 'pk = :k',
        ExpressionAttributeValues: { ':k': { S: 'USER#pages' } },
        ...more,
      },
    ];
    const first = (await shop.steps(query())).results[0]?.[0];
    expect(first).toMatchObject({ Items: [], Count: 0 });
    const second = (await shop.steps(query({ ExclusiveStartKey: first.LastEvaluatedKey }))).results[0]?.[0];
    expect(second.Items).toHaveLength(1);
    expect(second.LastEvaluatedKey).toBeUndefined();
  });
});
