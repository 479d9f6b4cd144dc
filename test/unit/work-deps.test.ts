import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { workDeps } from '../../lambdas/shared/http/work-deps.ts';
import { openTables } from '../../lambdas/shared/store/tables.ts';
import { rejection } from './sample-keys.ts';

const state = { fails: false, seconds: 1_000_000 };
const service = createServer((_, reply) => {
  reply.writeHead(state.fails ? 500 : 200, { 'content-type': 'application/x-amz-json-1.0' });
  reply.end(state.fails ? '{"__type":"InternalServerError"}' : '{"Items":[],"Count":0}');
});

beforeAll(() => new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening)));
afterAll(() => service.close());

test('RL9: while alerts cannot be read, those of before stand for a minute, and then nothing is judged without', async () => {
  const { port } = service.address() as AddressInfo;
  const tables = openTables({
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DIRECTORY_TABLE: 'Directory',
    SESSIONS_TABLE: 'Sessions',
  });
  const { alerts } = workDeps({ tables, clock: () => state.seconds * 1000 });
  expect(await alerts()).toEqual([]);
  state.fails = true;
  for (const after of [10, 30, 59]) {
    state.seconds = 1_000_000 + after;
    expect(await alerts()).toEqual([]);
  }
  state.seconds = 1_000_060;
  const refused = await rejection(alerts());
  expect(refused instanceof Refusal && refused.code).toBe('unavailable');
  state.fails = false;
  await expect.poll(() => alerts(), { timeout: 20_000 }).toEqual([]);
});
