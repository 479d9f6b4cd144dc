import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { api } from '../../lambdas/shared/http/api.ts';
import { clientFinder } from '../../lambdas/shared/http/client-finder.ts';
import type { Contract } from '../../lambdas/shared/http/contract.ts';
import { code, email, password } from '../../lambdas/shared/http/fields.ts';
import { type GatewayEvent, type GatewayResult, readEvent } from '../../lambdas/shared/http/request.ts';
import type { Runtime } from '../../lambdas/shared/http/runtime.ts';
import { sampleBrands } from './mail-samples.ts';
import { MemoryTables } from './memory-tables.ts';
import { sampleIssuer, sampleSealing } from './sample-keys.ts';

// Many cases, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const now = Date.parse('2026-11-21T14:05:00Z');
const sealing = sampleSealing();
const runtime: Runtime = {
  brand: sampleBrands[0],
  issuer: sampleIssuer,
  edge: 'none',
  tables: new MemoryTables().tables,
  clock: () => now,
  random: (bytes) => Buffer.alloc(bytes),
  clients: clientFinder(sampleBrands[0], new MemoryTables().tables, () => now),
  knowsCallers: true,
  sealing: async () => sealing,
  signing: () => Promise.reject(new Error('no endpoint here signs')),
  publicKeys: () => Promise.reject(new Error('no endpoint here verifies')),
};

const contract = {
  'POST /v1/things': {
    summary: 'Takes a body.',
    body: z.strictObject({ email, password, code: z.optional(code) }),
    reply: { status: 200 },
  },
  'GET /v1/things/{id}': { summary: 'Takes none.', reply: { status: 200 } },
  'POST /oauth2/thing': {
    summary: 'A protocol endpoint.',
    encoding: 'form',
    body: z.object({ token: z.string() }),
    reply: { status: 200 },
  },
  'GET /v1/faulty': { summary: 'Fails unforeseen.', reply: { status: 200 } },
} as const satisfies Contract;

const handler = api(runtime, contract, {
  'POST /v1/things': async ({ ip, arrivedAt, headers, body }) => ({
    status: 200,
    body: {
      email: body.email.length,
      ip: typeof ip,
      arrivedAt: Number.isFinite(arrivedAt),
      headers: typeof headers,
    },
  }),
  'GET /v1/things/{id}': async ({ path, query, cookies }) => ({ status: 200, body: { path, query, cookies } }),
  'POST /oauth2/thing': async ({ body }) => ({ status: 200, body: { length: body.token.length } }),
  'GET /v1/faulty': async () => {
    throw new Error('canary-inside');
  },
});

const context = { getRemainingTimeInMillis: () => 10_000 } as unknown as Parameters<typeof handler>[1];
const call = (event: unknown) => handler(event as GatewayEvent, context) as Promise<GatewayResult>;

const good = (routeKey: string, body?: string) => ({
  version: '2.0',
  routeKey,
  rawPath: '/v1/things',
  rawQueryString: '',
  headers: { 'content-type': 'application/json', 'user-agent': 'Test' },
  requestContext: { http: { sourceIp: '192.0.2.1' }, requestId: 'r-1', timeEpoch: now },
  ...(body !== undefined && { body }),
  isBase64Encoded: false,
});

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => vi.restoreAllMocks());

/** Nothing in the reply may come from an unforeseen failure. */
function expectAnswer(result: GatewayResult): void {
  expect(result.statusCode).toBeGreaterThanOrEqual(200);
  expect(result.statusCode).toBeLessThan(500);
  expect(result.headers?.['cache-control']).toBe('no-store');
  if (Number(result.statusCode) < 400) return;
  const problem = JSON.parse(String(result.body));
  if (result.headers?.['content-type'] === 'application/problem+json') {
    expect(problem).toMatchObject({ status: result.statusCode, code: expect.any(String) });
    expect(problem.type).toBe(`urn:latchkey:problem:${problem.code}`);
  } else expect(problem).toMatchObject({ error: expect.any(String) });
}

describe('events of the gateway', () => {
  const routes = fc.constantFrom(...Object.keys(contract).filter((route) => route !== 'GET /v1/faulty'));
  const junk = fc.oneof(
    fc.anything({ withNullPrototype: true, maxDepth: 2 }),
    fc.constantFrom<unknown>(null, undefined, 0, Number.NaN, '', 'x', [], [null], [1], {}, { a: null }, true),
  );
  const member = <T>(value: T) => fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>(value) }, junk);
  const event = fc.record(
    {
      version: junk,
      routeKey: fc.oneof({ weight: 4, arbitrary: routes as fc.Arbitrary<unknown> }, junk),
      headers: fc.oneof(
        fc.dictionary(fc.string(), junk),
        member({ 'content-type': 'application/json' }),
        member({ 'content-type': 'application/x-www-form-urlencoded' }),
        fc.record({ 'content-type': junk, 'accept-language': junk, 'user-agent': junk, cookie: junk }),
      ),
      multiValueHeaders: junk,
      cookies: fc.oneof(fc.array(junk), fc.array(fc.string()), junk),
      body: fc.oneof(fc.json(), fc.string({ unit: 'binary' }), junk),
      isBase64Encoded: fc.oneof(fc.boolean() as fc.Arbitrary<unknown>, junk),
      pathParameters: fc.oneof(fc.dictionary(fc.string(), junk), junk),
      queryStringParameters: fc.oneof(fc.dictionary(fc.string(), junk), junk),
      requestContext: fc.oneof(
        fc.record(
          {
            http: fc.oneof(fc.record({ sourceIp: junk, method: junk }, { requiredKeys: [] }), junk),
            requestId: junk,
            timeEpoch: junk,
          },
          { requiredKeys: [] },
        ),
        junk,
      ),
    },
    { requiredKeys: [] },
  );

  test('F28: whatever is missing or of another type, the answer is a reply below 500 and never a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 20, arbitrary: event as fc.Arbitrary<unknown> }, junk), async (each) => {
        expectAnswer(await call(each));
      }),
      { numRuns: 1500 },
    );
  });

  test('F28: what is read of any event has the types that it promises', () => {
    fc.assert(
      fc.property(event, (each) => {
        const request = readEvent(each as Partial<GatewayEvent>, now);
        const texts = [request.routeKey, request.ip, request.userAgent, request.id];
        const records = [request.path, request.query, request.headers, request.cookies];
        expect(texts.map((text) => typeof text)).toEqual(Array(4).fill('string'));
        expect(records.flatMap((record) => Object.values(record)).every((value) => typeof value === 'string')).toBe(
          true,
        );
        expect(Number.isFinite(request.arrivedAt)).toBe(true);
        expect(['string', 'undefined']).toContain(typeof request.body);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'GET /v1/nothing', '$default'])(
    'F28: the route key %j is no endpoint',
    async (routeKey) => {
      const result = await call(good(routeKey));
      expect(result.statusCode).toBe(404);
      expect(JSON.parse(String(result.body))).toMatchObject({ code: 'not_found' });
    },
  );

  test('F28: a base64 body is read, and one that claims to be base64 and is not gives 400', async () => {
    const body = JSON.stringify({ email: 'a@example.com', password: 'p' });
    const encoded = { ...good('POST /v1/things', Buffer.from(body).toString('base64')), isBase64Encoded: true };
    expect((await call(encoded)).statusCode).toBe(200);
    expect((await call({ ...good('POST /v1/things', body), isBase64Encoded: true })).statusCode).toBe(400);
  });

  test('RL5: the caller is the gateway’s word, whatever the headers claim', () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' };
    expect(readEvent({ ...good('POST /v1/things'), headers } as unknown as GatewayEvent, now).ip).toBe('192.0.2.1');
  });

  test('ADM7: a fault says nothing of its inside, neither in the reply nor in the log', async () => {
    const result = await call(good('GET /v1/faulty'));
    expect(result.statusCode).toBe(500);
    expect(JSON.parse(String(result.body))).toMatchObject({ code: 'internal' });
    expect(result.body + lines.join('')).not.toContain('canary-inside');
    expect(lines.join('')).toContain('gateway-events.test.ts');
  });
});

describe('log lines', () => {
  /** Short, since V8 quotes ten characters of a JSON text on each side of the fault. */
  const canary = 'zqx7f';
  test('LG1, LG2: no value that a caller sends is in a log line, whatever the outcome', async () => {
    const bodies = [
      JSON.stringify({ email: `${canary}@example.com`, password: `${canary} ${canary}` }),
      JSON.stringify({ email: `${canary}@@`, password: canary, [canary]: canary }),
      `{"password":\n at ${canary}"}`,
      `{"password":"${canary}"\n    at ${canary} (${canary}:1:1)`,
      `${canary}`,
      `"${canary}`,
    ];
    const events = bodies.flatMap((body) =>
      ['POST /v1/things', 'POST /oauth2/thing', 'GET /v1/things/{id}', 'GET /v1/faulty'].map((route) => ({
        ...good(route, body),
        rawPath: `/${canary}`,
        rawQueryString: canary,
        queryStringParameters: { [canary]: canary },
        pathParameters: { id: canary },
        cookies: [`${canary}=${canary}`],
        headers: {
          'content-type': route.includes('oauth2') ? 'application/x-www-form-urlencoded' : 'application/json',
          'user-agent': canary,
          authorization: `Bearer ${canary}`,
          'accept-language': canary,
          [canary]: canary,
        },
        requestContext: { http: { sourceIp: '192.0.2.77', path: canary }, requestId: 'r-1', timeEpoch: now },
      })),
    );
    for (const each of events) await call(each);
    expect(lines).not.toHaveLength(0);
    for (const line of lines) {
      expect(line).not.toContain(canary);
      expect(line).not.toContain('192.0.2.77');
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(JSON.parse(line)).toMatchObject({ message: expect.any(String) });
    }
  });

  test('LG3: each request leaves exactly one request line with route, status, code and keyed marks of the caller', async () => {
    await call(good('POST /v1/things', '{}'));
    const [line, ...rest] = lines.map((each) => JSON.parse(each)).filter(({ message }) => message === 'request');
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ request: 'r-1', route: 'POST /v1/things', status: 400, code: 'field_invalid' });
    expect(line.ip).toBe(sealing.lookup('ip', '192.0.2.1').slice(0, 16));
  });
});
