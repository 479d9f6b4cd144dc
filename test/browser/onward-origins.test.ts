import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../integration/support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from '../integration/support/harness-cloud.ts';
import { launchBrowser, newContext } from './support/browser.ts';

/** The client's callback, and the other origin that it sends the browser on to. */
let callback: Server;
let home: Server;
let harness: HarnessCloud;
let browser: Browser;
let person: Person;

const originOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;

async function listen(server: Server): Promise<Server> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

beforeAll(async () => {
  home = await listen(
    createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><html lang="en"><title>Home</title><h1>Home</h1></html>');
    }),
  );
  callback = await listen(
    createServer((_, response) => {
      response.writeHead(303, { location: `${originOf(home)}/home` }).end();
    }),
  );
  const shared = {
    firstParty: true,
    authentication: 'none',
    redirectUris: [`${originOf(callback)}/callback`],
    postLogoutRedirectUris: [`${originOf(callback)}/bye`],
  } as const;
  harness = await startHarnessCloud({
    clients: [
      { ...shared, id: 'onward', onwardOrigins: [originOf(home)] },
      { ...shared, id: 'silent' },
    ],
  });
  browser = await launchBrowser();
  person = await harness.newPerson();
});
afterAll(async () => {
  await browser.close();
  await harness.stop();
  for (const server of [callback, home]) server.close();
});

function entrance(client: string, parameters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: client,
    redirect_uri: `${originOf(callback)}/callback`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return `${harness.url}/oauth2/authorize?${query}`;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.fill('#username', person.email);
  await page.click('#submit');
  await page.fill('#password', person.password);
  await page.click('#submit');
}

/** The last step of each journey from a page of ours to the client, in a browser where nobody is signed in. */
const journeys: Readonly<Record<string, (page: Page, client: string) => Promise<void>>> = {
  'the sign-in': (page, client) => signIn(page, entrance(client)),
  'the consent': async (page, client) => {
    await signIn(page, entrance(client, { prompt: 'consent' }));
    await page.waitForURL(/\/consent\?/);
    await page.click('#submit');
  },
  'the confirmation of a sign-out': async (page, client) => {
    const back = new URLSearchParams({ client_id: client, post_logout_redirect_uri: `${originOf(callback)}/bye` });
    await page.goto(`${harness.url}/oauth2/logout?${back}`);
    await page.click('#submit');
  },
  'the answer by form_post': (page, client) => signIn(page, entrance(client, { response_mode: 'form_post' })),
};

describe.each(Object.entries(journeys))('a callback that leads on to another origin after %s', (_, walk) => {
  async function newPage() {
    const context = await newContext(browser, { locale: 'en' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('form-action')) complaints.push(message.text());
    });
    return { context, page, complaints };
  }

  it('WEB1: arrives where the brand names that origin', async () => {
    const { context, page, complaints } = await newPage();
    await walk(page, 'onward');
    await page.waitForURL(`${originOf(home)}/home`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('WEB1: is stopped where it does not, and the browser says why', async () => {
    const { context, page, complaints } = await newPage();
    await walk(page, 'silent');
    await expect.poll(() => complaints.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(new URL(page.url()).origin).toBe(harness.url);
    await context.close();
  });
});
