import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from '../integration/support/authorization.ts';
import { type Member, signUp } from '../integration/support/journeys.ts';
import { newVisitor, originOf } from '../integration/support/visitor.ts';
import { launchBrowser, newContext } from './support/browser.ts';

const brand = 'northwind';

/** What came to the client's callback. */
interface Arrival {
  readonly method: string | undefined;
  readonly said: Readonly<Record<string, string>>;
}

let browser: Browser;
let client: Server;
let member: Member;
let callback: string;
const arrivals: Arrival[] = [];

beforeAll(async () => {
  client = createServer(async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('');
    if (request.url === '/callback') {
      arrivals.push({ method: request.method, said: Object.fromEntries(new URLSearchParams(body)) });
    }
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Application</title><h1>Signed in</h1></html>');
  }).listen(0, '127.0.0.1');
  await once(client, 'listening');
  callback = `http://localhost:${(client.address() as AddressInfo).port}/callback`;
  browser = await launchBrowser();
  member = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
});
afterAll(async () => {
  await browser.close();
  client.close();
});

describe('the form_post mode in a real browser', () => {
  it.each([true, false])('OP8, WEB7: the answer ends at the client, scripts: %s', async (javaScriptEnabled) => {
    arrivals.length = 0;
    const context = await newContext(browser, { javaScriptEnabled, locale: 'en' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) faults.push(message.text());
    });
    const { url, state } = prepare(brand, { response_mode: 'form_post', redirect_uri: callback });

    await page.goto(url.href);
    await page.fill('#username', member.email);
    await page.click('#submit');
    await page.fill('#password', member.password);
    await page.click('#submit');
    if (!javaScriptEnabled) {
      await page.waitForSelector('#answer #submit');
      expect(arrivals).toEqual([]);
      await page.click('#submit');
    }
    await page.waitForURL(callback);
    expect(arrivals).toEqual([{ method: 'POST', said: { code: expect.any(String), state, iss: originOf(brand) } }]);

    // Signed in by now: nothing but the answer is in between, an error as well as a code.
    await page.goto(prepare(brand, { response_mode: 'form_post', redirect_uri: callback, max_age: 'soon' }).url.href);
    if (!javaScriptEnabled) await page.click('#submit');
    await page.waitForURL(callback);
    expect(arrivals[1]?.said).toMatchObject({ error: 'invalid_request', iss: originOf(brand) });
    expect(faults).toEqual([]);
    await context.close();
  });
});
