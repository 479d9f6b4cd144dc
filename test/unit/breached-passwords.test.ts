import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { hasBreached } from '../../lambdas/shared/domain/breach-range.ts';
import { breachedPasswords } from '../../lambdas/shared/vault/breached-passwords.ts';

const leaked = 'correct horse battery staple';
const digest = createHash('sha1').update(leaked).digest('hex').toUpperCase();
const padding = 'A'.repeat(35);
const range = `${'0'.repeat(35)}:3\r\n${digest.slice(5)}:4711\r\n${padding}:0`;

let stop = () => {};
afterEach(() => stop());

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stop = () => server.close().closeAllConnections();
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const warnings: unknown[] = [];
  const isBreached = breachedPasswords(`http://127.0.0.1:${port}`, (message, fields) =>
    warnings.push({ message, ...fields }),
  );
  return { asked, warnings, isBreached };
}

describe('a range', () => {
  test('counts lines that were seen, in any case; padding was not', () => {
    expect(hasBreached(range, digest.slice(5))).toBe(true);
    expect(hasBreached(range.toLowerCase(), digest.slice(5))).toBe(true);
    expect(hasBreached(range, padding)).toBe(false);
    expect(hasBreached('', digest.slice(5))).toBe(false);
    expect(hasBreached('<html>sorry</html>', digest.slice(5))).toBe(false);
  });
});

describe('REG3: breached passwords', () => {
  test('five digits leave the house and no more, padding is asked for, and a range is asked for once', async () => {
    const { asked, isBreached } = await serve((_, response) => response.end(range));
    expect(await isBreached(leaked)).toBe(true);
    expect(await isBreached(leaked)).toBe(true);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET /range/${digest.slice(0, 5)}`]);
    expect(asked[0]?.headers['add-padding']).toBe('true');
    expect(JSON.stringify(asked[0]?.rawHeaders)).not.toContain(digest.slice(5, 15));
    expect(await isBreached('seven quiet herons at dawn')).toBe(false);
  });

  test('silence, an error, a redirect and a closed door are no answer: the password passes, in time, and a line says so', async () => {
    const silent = await serve(() => {});
    const begun = performance.now();
    expect(await silent.isBreached(leaked, 100)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(600);
    expect(silent.warnings).toEqual([{ message: 'breaches.unanswered', reason: 'TimeoutError' }]);
    stop();
    expect(await silent.isBreached(leaked)).toBe(false);

    const failing = await serve((_, response) => response.writeHead(503).end());
    expect(await failing.isBreached(leaked)).toBe(false);
    stop();
    const leading = await serve((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect(await leading.isBreached(leaked)).toBe(false);
    expect(JSON.stringify([silent, failing, leading].map(({ warnings }) => warnings))).not.toContain(leaked);
  });

  test('a brand that does not ask asks nobody', async () => {
    const { asked } = await serve((_, response) => response.end(range));
    expect(await breachedPasswords(undefined, () => {})(leaked)).toBe(false);
    expect(asked).toEqual([]);
  });

  test('memory holds so many ranges and no more', async () => {
    const { asked, isBreached } = await serve((_, response) => response.end(range));
    const others = Array.from({ length: 60 }, (_, at) => `password number ${at}`);
    await isBreached(leaked);
    for (const other of others) await isBreached(other);
    const before = asked.length;
    await isBreached(leaked);
    expect(asked.length).toBe(before + 1);
  });
});
