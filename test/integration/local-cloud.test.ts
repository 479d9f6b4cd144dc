import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, put, type RunningFixture, runFixture, type Step } from './local-cloud-run.ts';

const TABLE = 'shop-dev-directory';
let shop: RunningFixture;

beforeAll(async () => {
  shop = await runFixture();
});
afterAll(() => shop.stop());

describe('IAM as the template has it', () => {
  test('leading keys decide item by item, and a Scan has none', async () => {
    const { results, report } = await shop.steps(put('USER#1'), get('USER#1'), get('CRED#1'), get('RING#one'), [
      'dynamodb',
      'Scan',
      { TableName: TABLE },
    ]);
    expect(results.map(([result]) => result.error)).toEqual([
      undefined,
      undefined,
      'AccessDeniedException',
      undefined,
      'AccessDeniedException',
    ]);
    expect(results[2]?.[0].message).toMatch(
      /is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:\d+:table\/shop-dev-directory/,
    );
    expect(report?.calls.map(({ verdict }) => verdict)).toEqual(['Allowed', 'Allowed', 'Denied', 'Allowed', 'Denied']);
  });

  test('a verdict is of its own key: one ring open does not open another', async () => {
    const { results } = await shop.steps(
      get('RING#one'),
      get('RING#two'),
      get('RING#one#more'),
      get('USERS#1'),
      get('USER#x'),
    );
    const refused = results.map(([result]) => result.error === 'AccessDeniedException');
    expect(refused).toEqual([false, true, true, true, false]);
  });

  test('a transaction is authorized by each of its items, a batch by all its keys', async () => {
    const item = (pk: string) => ({ pk: { S: pk }, sk: { S: '#' } });
    const transaction = (pk: string): Step => [
      'dynamodb',
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: TABLE, Item: item('USER#2') } },
          { ConditionCheck: { TableName: TABLE, Key: item(pk), ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
      },
    ];
    const batch = (...keys: readonly string[]): Step => [
      'dynamodb',
      'BatchGetItem',
      { RequestItems: { [TABLE]: { Keys: keys.map(item) } } },
    ];
    const query = (pk: string): Step => [
      'dynamodb',
      'Query',
      {
        TableName: TABLE,
        KeyConditionExpression: '#k = :k AND begins_with(sk, :s)',
        ExpressionAttributeNames: { '#k': 'pk' },
        ExpressionAttributeValues: { ':k': { S: pk }, ':s': { S: '#' } },
      },
    ];
    const { results, report } = await shop.steps(
      transaction('USER#3'),
      transaction('CRED#3'),
      batch('USER#1', 'USER#2'),
      batch('USER#1', 'CRED#2'),
      query('USER#2'),
      query('CRED#2'),
    );
    const refused = results.map(([result]) => result.error === 'AccessDeniedException');
    expect(refused).toEqual([false, true, false, true, false, true]);
    expect(report?.calls[0]?.items).toEqual(['USER']);
    expect(report?.calls[1]?.items).toEqual(['USER', 'CRED']);
  });

  test('a table whose key the role may not use is closed', async () => {
    const { results } = await shop.steps([
      'dynamodb',
      'GetItem',
      { TableName: 'shop-dev-locked', Key: { pk: { S: 'a' }, sk: { S: 'b' } } },
    ]);
    expect(results[0]?.[0].message).toMatch(/not authorized to perform: kms:Decrypt/);
  });

  test('mail leaves by its own address only, through a set that the role may use', async () => {
    const mail = (Source: string, more = {}): Step => [
      'ses',
      'SendEmail',
      {
        Source,
        Destination: { ToAddresses: ['anna@example.com'] },
        Message: {
          Subject: { Data: 'Grüße <1> & 2' },
          Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
        },
        ...more,
      },
    ];
    const { results } = await shop.steps(
      mail('"Shop" <no-reply@shop.example>', {
        ConfigurationSetName: 'shop-dev',
        Tags: [{ Name: 'kind', Value: 'verify' }],
      }),
      mail('ceo@shop.example'),
      mail('no-reply@elsewhere.example'),
      mail('no-reply@shop.example', { ConfigurationSetName: 'other' }),
    );
    expect(results.map(([{ error, MessageId }]) => error ?? typeof MessageId)).toEqual([
      'string',
      'AccessDenied',
      'MessageRejected',
      'AccessDenied',
    ]);
    const [received, ...others] = await shop.desk('mail?to=ANNA@example.com');
    expect(others).toEqual([]);
    expect(received).toMatchObject({
      to: 'anna@example.com',
      from: '"Shop" <no-reply@shop.example>',
      subject: 'Grüße <1> & 2',
      text: 'text',
      html: '<p>html</p>',
      configuration_set: 'shop-dev',
      tags: { kind: 'verify' },
    });
  });

  test('events go to the buses that the role may use', async () => {
    const event = (EventBusName: string): Step => [
      'events',
      'PutEvents',
      { Entries: [{ EventBusName, Source: 'shop', DetailType: 'sold', Detail: '{"n":1}' }] },
    ];
    const { results } = await shop.steps(event('shop-dev'), event('default'));
    expect(results[0]?.[0]).toMatchObject({ FailedEntryCount: 0 });
    expect(results[1]?.[0].error).toBe('AccessDeniedException');
    const events: readonly { bus: string; event: object }[] = await shop.desk('events');
    expect(events.find(({ bus }) => bus === 'shop-dev')?.event).toMatchObject({
      source: 'shop',
      'detail-type': 'sold',
      detail: { n: 1 },
    });
  });
});

describe('KMS', () => {
  test('binds a data key to its encryption context, and IAM to the key of the context', async () => {
    const { body } = await shop.run({});
    const keyArn = body.environment.VAULT_KEY_ARN;
    const generate = (ring: string): Step => [
      'kms',
      'GenerateDataKey',
      { KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: { ring } },
    ];
    const made = await shop.steps(generate('signing'), generate('sealing'));
    const [[key], [refused]] = [made.results[0] ?? [], made.results[1] ?? []];
    expect(refused.error).toBe('AccessDeniedException');
    const decrypt = (blob: string, ring: string): Step => [
      'kms',
      'Decrypt',
      { CiphertextBlob: { $bytes: blob }, EncryptionContext: { ring } },
    ];
    const damaged = `${key.CiphertextBlob.slice(0, -8)}AAAAAAA=`;
    const { results } = await shop.steps(
      decrypt(key.CiphertextBlob, 'signing'),
      decrypt(key.CiphertextBlob, 'sealing'),
      decrypt(damaged, 'signing'),
    );
    expect(results[0]?.[0].Plaintext).toEqual(key.Plaintext);
    expect(results[1]?.[0].error).toBe('AccessDeniedException');
    expect(results[2]?.[0].error).toBe('InvalidCiphertextException');
  });
});

describe('the record of calls', () => {
  test('counts waves and units, also of calls that a function makes at once', async () => {
    await shop.steps(put('USER#waves'));
    const { report } = await shop.run({
      steps: [[get('USER#waves'), get('USER#waves')], [put('USER#waves'), get('USER#waves')], [get('USER#waves')]],
    });
    expect(report).toMatchObject({
      waves: 3,
      units: { read: 4, write: 1 },
      outcome: 'returned',
      status: 200,
      name: 'POST /run',
    });
    expect(report?.calls.map(({ wave }) => wave).toSorted()).toEqual([1, 1, 2, 2, 3]);
  });

  test('holds no item and no key', async () => {
    const { report } = await shop.steps(put('USER#canary-7f3', { secret: { S: 'canary-9a1' } }));
    expect(JSON.stringify(report)).not.toMatch(/canary/);
  });
});

describe('functions', () => {
  test('have their template environment and what Lambda sets, nothing else', async () => {
    process.env.LEAKED_FROM_THE_SHELL = 'yes';
    const { body } = await shop.run({});
    const own = Object.keys(body.environment).filter((name) => !/^(AWS_|_HANDLER|LAMBDA_|TZ)/.test(name));
    expect(own.toSorted()).toEqual(['DIRECTORY_TABLE', 'ISSUER', 'VAULT_KEY_ARN']);
    expect(body.environment.ISSUER).toBe(shop.url);
    expect(body.environment.DIRECTORY_TABLE).toBe(TABLE);
    expect(body.environment.AWS_REGION).toBe('eu-west-1');
  });

  test('end at their timeout, and the next event gets a new worker', async () => {
    const started = performance.now();
    const { status, body } = await shop.run({ sleep: 10_000 });
    expect([status, body]).toEqual([503, { message: 'Service Unavailable' }]);
    expect(performance.now() - started).toBeLessThan(4_000);
    const next = await shop.run({});
    expect(next.status).toBe(200);
    expect(next.body.remaining).toBeGreaterThan(1_000);
    expect(next.body.remaining).toBeLessThanOrEqual(2_000);
  });

  test('that throw, or answer what is no reply, are a 500 of the gateway', async () => {
    for (const script of [{ throw: 'canary' }, { reply: { statusCode: 'many' } }]) {
      const { status, body } = await shop.run(script);
      expect([status, body]).toEqual([500, { message: 'Internal Server Error' }]);
    }
  });

  test('with reserved concurrency are throttled beyond it', async () => {
    const runs = Array.from({ length: 5 }, () => shop.run({ sleep: 300 }, { path: '/patient' }));
    const statuses = (await Promise.all(runs)).map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 200, 503, 503, 503]);
  });

  test('write to the log, as JSON lines where the template says so', async () => {
    await shop.run({ log: 'two\nlines' });
    await shop.run({ log: 'two\nlines' }, { path: '/patient' });
    await expect
      .poll(async () => {
        const lines: readonly { function: string; line: string }[] = await shop.desk('logs');
        const plain = lines.filter((line) => line.function === 'shop-dev-probe' && line.line === 'lines');
        const json = lines.filter(
          (line) => line.function === 'shop-dev-patient' && line.line.includes('"message":"two\\nlines"'),
        );
        return [plain.length, json.length];
      })
      .toEqual([1, 1]);
  });
});
