import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningFixture, runFixture } from './local-cloud-run.ts';

let shop: RunningFixture;

beforeAll(async () => {
  shop = await runFixture();
});
afterAll(() => shop.stop());

/** Sends headers that fetch does not let through. */
function raw(
  path: string,
  headers: Record<string, string | string[]>,
  method = 'GET',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(shop.url, { path, method, headers, family: 4 }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }));
    });
    sent.once('error', reject).end();
  });
}

describe('payload format 2.0', () => {
  test('a request arrives as AWS documents it', async () => {
    const headers = {
      Cookie: 'a=1; b=2',
      'X-Many': ['one', 'two'],
      'X-Forwarded-For': '203.0.113.7',
      'X-Local-Source-Ip': '198.51.100.9',
      'User-Agent': 'curious',
    };
    const { text } = await raw('/items/caf%C3%A9%20au%20lait?a=1&a=2&b=%20x', headers);
    const { event, now } = JSON.parse(text);
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /items/{id}',
      rawPath: '/items/café au lait',
      rawQueryString: 'a=1&a=2&b=%20x',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { a: '1,2', b: ' x' },
      pathParameters: { id: 'café au lait' },
      isBase64Encoded: false,
      requestContext: {
        stage: '$default',
        routeKey: 'GET /items/{id}',
        http: {
          method: 'GET',
          path: '/items/café au lait',
          protocol: 'HTTP/1.1',
          sourceIp: '198.51.100.9',
          userAgent: 'curious',
        },
      },
    });
    expect(event.headers['x-many']).toBe('one,two');
    expect(event.headers['x-forwarded-for']).toBe('203.0.113.7, 198.51.100.9');
    expect(Object.keys(event.headers).filter((name) => /^(cookie|x-local)/.test(name))).toEqual([]);
    expect(Math.abs(event.requestContext.timeEpoch - now)).toBeLessThan(5_000);
    expect(event.requestContext.time).toMatch(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/);
    expect(event).not.toHaveProperty('body');
  });

  test('forms and bytes arrive as base64, JSON and text as they are', async () => {
    const send = async (type: string, body: string) => {
      const reply = await fetch(`${shop.url}/files/a/b`, { method: 'POST', headers: { 'content-type': type }, body });
      const { event } = JSON.parse(await reply.text());
      return [event.isBase64Encoded, event.body];
    };
    expect(await send('application/x-www-form-urlencoded', 'a=1')).toEqual([
      true,
      Buffer.from('a=1').toString('base64'),
    ]);
    expect(await send('application/json', '{"é":1}')).toEqual([false, '{"é":1}']);
    expect(await send('text/plain', 'plain')).toEqual([false, 'plain']);
    expect(await send('application/octet-stream', 'x')).toEqual([true, 'eA==']);
  });

  test('a result becomes a reply: status, headers, cookies, base64, plain values', async () => {
    const full = await shop.run({
      reply: {
        statusCode: 201,
        headers: { 'X-One': 1, 'Access-Control-Allow-Origin': '*' },
        cookies: ['s=1; HttpOnly', 't=2'],
        body: Buffer.from('{"ok":true}').toString('base64'),
        isBase64Encoded: true,
      },
    });
    expect(full.status).toBe(201);
    expect(full.headers.get('x-one')).toBe('1');
    expect(full.headers.getSetCookie()).toEqual(['s=1; HttpOnly', 't=2']);
    expect(full.headers.get('access-control-allow-origin')).toBeNull();
    expect(full.body).toEqual({ ok: true });
    const bare = await shop.run({ reply: { hello: 'there' } });
    expect([bare.status, bare.headers.get('content-type'), bare.body]).toEqual([
      200,
      'application/json',
      { hello: 'there' },
    ]);
  });
});

describe('the gateway itself', () => {
  test.each(['//evil.example/items/1', '/items//1', '/%', '/items/%E0%A4%A', '/../etc', '/?%', 'http://[/'])(
    'stays calm about the target %s',
    async (target) => {
      expect([200, 400, 404]).toContain((await raw(target, {})).status);
    },
  );

  test('answers 404 for what is no route, and takes ANY and greedy paths', async () => {
    expect(await raw('/nowhere', {})).toEqual({ status: 404, text: '{"message":"Not Found"}' });
    expect(await raw('/run', {})).toEqual({ status: 404, text: '{"message":"Not Found"}' });
    const { status, text } = await raw('/files/a/b/c', {}, 'DELETE');
    expect(status).toBe(200);
    expect(JSON.parse(text).event.pathParameters).toEqual({ path: 'a/b/c' });
  });

  test('refuses a body over 10 MB with 413 and headers over 10 KB with 431', async () => {
    const large = await fetch(`${shop.url}/run`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect([large.status, await large.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect((await raw('/items/1', { 'x-large': 'x'.repeat(11_000) })).status).toBe(431);
  });

  test('throttles a route by its own token bucket', async () => {
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push(await raw('/scarce', {}));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(statuses[3]?.text).toBe('{"message":"Too Many Requests"}');
    await shop.desk('clock', { advance: 5 });
    expect((await raw('/scarce', {})).status).toBe(200);
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    fetch(`${shop.url}/run`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  test('preflights are answered by the gateway, for exact origins', async () => {
    const allowed = await preflight('https://shop.example');
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,authorization',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '600',
    });
    const refused = await preflight('https://shop.example.evil.test');
    expect(refused.status).toBe(204);
    expect([...refused.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('replies carry the headers for configured origins, errors of the gateway too', async () => {
    const ask = (path: string, origin: string) => fetch(`${shop.url}${path}`, { headers: { origin } });
    for (const path of ['/items/1', '/nowhere']) {
      const reply = await ask(path, 'https://shop.example');
      expect(reply.headers.get('access-control-allow-origin'), path).toBe('https://shop.example');
      expect(reply.headers.get('access-control-expose-headers'), path).toBe('retry-after');
      expect((await ask(path, 'http://shop.example')).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('developer pages', () => {
  test('are for this machine only', async () => {
    expect((await raw('/_local/clients', { host: 'rebound.example' })).status).toBe(403);
    expect((await raw('/_local/clients', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await raw('/_local/clients', { host: 'localhost' })).status).toBe(200);
  });

  test('all render, with a policy that lets nothing in from elsewhere', async () => {
    for (const page of ['', 'inbox', 'calls', 'events', 'logs', 'tables', 'clients', 'dead-letters', 'reference']) {
      const reply = await fetch(`${shop.url}/_local/${page}`, { headers: { accept: 'text/html' } });
      const text = await reply.text();
      expect(reply.status, page).toBe(200);
      expect(reply.headers.get('content-security-policy'), page).toMatch(/^default-src 'none'/);
      expect(text, page).toMatch(/<h1>/);
      expect(text, page).not.toMatch(/(src|href)="(https?:)?\/\/(?!localhost)/);
    }
  });

  test('say what is wrong with a request', async () => {
    expect((await fetch(`${shop.url}/_local/clock`, { method: 'POST', body: '{' })).status).toBe(400);
    expect(await shop.desk('clock', { advance: -1 })).toHaveProperty('message');
    expect(await shop.desk('faults', { kind: 'nonsense' })).toHaveProperty('message');
    expect((await fetch(`${shop.url}/_local/nothing`)).status).toBe(404);
  });
});
