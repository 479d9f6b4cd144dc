import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { AwsFailure } from '../../lambdas/shared/store/aws-failure.ts';
import { openAwsService, services } from '../../lambdas/shared/store/aws-service.ts';
import { openDynamodb } from '../../lambdas/shared/store/dynamodb.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Call {
  readonly target: string;
  readonly date: string;
  readonly socket: number;
  readonly body: unknown;
}

type Answer = (...reply: Parameters<RequestListener>) => void;

const json =
  (status: number, body: object, headers = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(JSON.stringify(body));
const refused = (code: string, status = 400, members = {}, headers = {}) =>
  json(status, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'no', ...members }, headers);
const cut: Answer = (request) => void request.socket.destroy();
const silence: Answer = () => {};

/** A service that gives these answers in turn, the last one for ever. */
async function service(...answers: readonly Answer[]) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { 'x-amz-target': target, 'x-amz-date': date } = request.headers;
      const socket = request.socket.remotePort ?? 0;
      calls.push({ target: String(target), date: String(date), socket, body: JSON.parse(text) });
      (answers[calls.length - 1] ?? answers.at(-1))?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  return { calls, env, call: openAwsService(services.dynamodb, env) };
}

async function failure(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => expect.unreachable('the call succeeded'),
    (error: Error) => error,
  );
}

describe('a call', () => {
  test('names its operation, and the next one takes the same connection', async () => {
    const { calls, call } = await service(json(200, { ok: 1 }));
    expect(await call('GetItem', { TableName: 'T', left: undefined })).toEqual({ ok: 1 });
    await call('GetItem', {});
    expect(calls[0]).toMatchObject({ target: 'DynamoDB_20120810.GetItem', body: { TableName: 'T' } });
    expect(new Set(calls.map(({ socket }) => socket)).size).toBe(1);
  });

  test('fails with the code and the members of the answer, and is not repeated', async () => {
    const reasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }];
    const { calls, call } = await service(
      refused('TransactionCanceledException', 400, { CancellationReasons: reasons }),
    );
    const error = await failure(call('TransactWriteItems', {}));
    expect(error).toBeInstanceOf(AwsFailure);
    expect(error).toMatchObject({ name: 'TransactionCanceledException', status: 400 });
    expect((error as AwsFailure).members.CancellationReasons).toEqual(reasons);
    expect(calls).toHaveLength(1);
  });

  test('an answer that is no JSON fails with its status', async () => {
    const { call } = await service((_, response) => void response.writeHead(403).end('<html>'));
    expect(await failure(call('GetItem', {}))).toMatchObject({ name: 'Status403', status: 403 });
  });
});

describe('retries', () => {
  test.each([
    ['F1: one throttle', refused('ProvisionedThroughputExceededException')],
    ['F1: one fault of the service', refused('InternalServerError', 500)],
    ['a gateway that has no answer', ((_, response) => void response.writeHead(503).end('busy')) satisfies Answer],
    ['F2: a cut connection', cut],
  ])('%s is not noticed', async (_, first) => {
    const { calls, call } = await service(first, json(200, { ok: 1 }));
    expect(await call('UpdateItem', { mark: 'a' })).toEqual({ ok: 1 });
    expect(calls).toHaveLength(2);
    expect(calls[1]?.body).toEqual(calls[0]?.body);
  });

  test('F1: three tries and no more', async () => {
    const { calls, call } = await service(refused('InternalServerError', 500));
    expect(await failure(call('GetItem', {}))).toMatchObject({ name: 'InternalServerError', status: 500 });
    expect(calls).toHaveLength(3);
  });

  test('F18: silence ends when patience does, at each try', async () => {
    const { calls, env } = await service(silence);
    const call = openAwsService(services.dynamodb, env, { connection: 50, request: 100 });
    const before = performance.now();
    expect(await failure(call('GetItem', {}))).toMatchObject({ name: 'TimeoutError' });
    expect(calls).toHaveLength(3);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test('nobody listens: the error of the connection, after three tries', async () => {
    const { env, call } = await service(silence);
    for (const close of closing.splice(0)) close();
    expect(env.AWS_REGION).toBe('eu-west-1');
    expect(await failure(call('GetItem', {}))).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a service in trouble is soon asked once, not three times', async () => {
    const { calls, call } = await service(refused('InternalServerError', 500));
    for (let i = 0; i < 30; i++) await failure(call('GetItem', {}));
    const tried = calls.length;
    await failure(call('GetItem', {}));
    expect(calls.length - tried).toBe(1);
    expect(tried).toBeLessThan(30 * 2 + 10);
  });

  test('F19: a clock that is wrong is set right by the service', async () => {
    const theirs = Date.now() + 3_600_000;
    const wrong = refused('InvalidSignatureException', 400, {}, { date: new Date(theirs).toUTCString() });
    const { calls, call } = await service(wrong, json(200, { ok: 1 }));
    expect(await call('GetItem', {})).toEqual({ ok: 1 });
    const at = String(calls[1]?.date).replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5');
    expect(Math.abs(Date.parse(at) - theirs)).toBeLessThan(5000);
  });

  test('a wrong signature with the right time stays a refusal', async () => {
    const { calls, call } = await service(refused('InvalidSignatureException'));
    expect(await failure(call('GetItem', {}))).toMatchObject({ name: 'InvalidSignatureException' });
    expect(calls).toHaveLength(1);
  });
});

describe('items', () => {
  test('go out and come in as plain values, wherever they stand in a message', async () => {
    const item = { pk: 'A#1', n: 7, on: true, list: ['a'], map: { Item: { deep: 1 }, Keys: ['x'] } };
    const wire = {
      pk: { S: 'A#1' },
      n: { N: '7' },
      on: { BOOL: true },
      list: { L: [{ S: 'a' }] },
      map: { M: { Item: { M: { deep: { N: '1' } } }, Keys: { L: [{ S: 'x' }] } } },
    };
    const { calls, env } = await service(
      json(200, {}),
      json(200, { Items: [wire], LastEvaluatedKey: { pk: { S: 'A#1' } } }),
      json(200, { Responses: { Items: [wire] }, UnprocessedKeys: { Items: { Keys: [{ pk: { S: 'B' } }] } } }),
    );
    const dynamodb = openDynamodb(env);
    const step = { Put: { TableName: 'T', Item: { ...item, gone: undefined } } };
    await dynamodb.call('TransactWriteItems', { TransactItems: [step] });
    expect(calls[0]?.body).toEqual({ TransactItems: [{ Put: { TableName: 'T', Item: wire } }] });
    const page = await dynamodb.call('Query', { TableName: 'T', ExclusiveStartKey: undefined });
    expect(page).toEqual({ Items: [item], LastEvaluatedKey: { pk: 'A#1' } });
    // A table may be called `Items`.
    const batch = await dynamodb.call('BatchGetItem', { RequestItems: { Items: { Keys: [{ pk: 'A#1' }] } } });
    expect(calls[2]?.body).toEqual({ RequestItems: { Items: { Keys: [{ pk: { S: 'A#1' } }] } } });
    expect(batch).toEqual({ Responses: { Items: [item] }, UnprocessedKeys: { Items: { Keys: [{ pk: 'B' }] } } });
  });
});
