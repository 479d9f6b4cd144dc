import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callback, prepare } from '../integration/support/authorization.ts';
import { type Member, signUp } from '../integration/support/journeys.ts';
import { newVisitor, originOf } from '../integration/support/visitor.ts';
import { launchBrowser } from './support/browser.ts';

const brand = 'northwind';
const issuer = () => originOf(brand);
/** The origin that may call the API from a browser: another one than ours, of the same site. */
const application = 'http://localhost:3000';
/** A client of another site. */
const elsewhere = 'http://rp.example';

let server: Server;
let browser: Browser;
let context: BrowserContext;
let member: Member;

beforeAll(async () => {
  member = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Application</title></html>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const rules = ['localhost:3000', 'rp.example'].map((host) => `MAP ${host} 127.0.0.1:${port}`).join(',');
  browser = await launchBrowser(`--host-resolver-rules=${rules}`);
  // No header of the test's own: the browser would ask whether another origin may send it.
  context = await browser.newContext({ locale: 'en' });
  const page = await newPage();
  await page.goto(prepare(brand).url.href);
  await page.fill('#username', member.email);
  await page.click('#submit');
  await page.fill('#password', member.password);
  await page.click('#submit');
  await arrive(page, callback);
  await page.close();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

async function newPage(): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** Waits for an address of the application; gives what it was told. */
async function arrive(page: Page, address: string): Promise<Readonly<Record<string, string>>> {
  await page.waitForURL((url) => `${url.origin}${url.pathname}` === address);
  return Object.fromEntries(new URL(page.url()).searchParams);
}

/** Sends a form from a page of another site, as its button would. */
async function sendForm(page: Page, path: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`${elsewhere}/`);
  await page.evaluate(
    ([action, values]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of Object.entries(values)) {
        form.append(Object.assign(document.createElement('input'), { name, value }));
      }
      document.body.append(form);
      form.submit();
    },
    [`${issuer()}${path}`, fields] as const,
  );
}

describe('a script of an application that may call the API', () => {
  it.each(['GET', 'POST'])('OP8: gets no code of another client by %s, and reads no page', async (method) => {
    const page = await newPage();
    await page.goto(`${application}/`);
    const { url } = prepare(brand, {
      client_id: 'northwind-mobile',
      redirect_uri: 'https://app.northwind.example/signed-in',
      response_mode: 'form_post',
      prompt: 'none',
      code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    });
    const read = await page.evaluate(
      async ([origin, query, verb]) => {
        const body = new URLSearchParams(query);
        const asked =
          verb === 'GET'
            ? fetch(`${origin}/oauth2/authorize?${body}`, { credentials: 'include' })
            : fetch(`${origin}/oauth2/authorize`, { method: 'POST', body, credentials: 'include' });
        const told = await asked;
        const home = await fetch(`${origin}/account`, { credentials: 'include' });
        return { statuses: [told.status, home.status], text: `${await told.text()}${await home.text()}` };
      },
      [issuer(), url.search, method] as const,
    );
    expect(read.statuses).toEqual([403, 403]);
    expect(read.text).not.toMatch(/<form|<input/);
    expect(read.text).not.toContain(member.email);
    // The person is signed in all the while, and reads her own page.
    await page.goto(`${issuer()}/account`);
    expect(await page.content()).toContain(member.email);
    await page.close();
  });
});

describe('a form of another site', () => {
  it('OP9: asks for an authorization, and who is signed in is seen (OIDC Core 3.1.2.1)', async () => {
    const page = await newPage();
    const { url, state } = prepare(brand, { prompt: 'none' });
    await sendForm(page, '/oauth2/authorize', Object.fromEntries(url.searchParams));
    expect(await arrive(page, callback)).toEqual({ code: expect.any(String), state, iss: issuer() });
    await page.close();
  });

  it('LO1: asks for a sign-out, and the person is asked, in the browser that is signed in', async () => {
    const page = await newPage();
    const back = { client_id: `${brand}-web`, post_logout_redirect_uri: `${application}/`, state: 'bye' };
    await sendForm(page, '/oauth2/logout', back);
    await page.click('#submit');
    expect(await arrive(page, `${application}/`)).toEqual({ state: 'bye' });
    await page.goto(prepare(brand, { prompt: 'none' }).url.href);
    expect(await arrive(page, callback)).toMatchObject({ error: 'login_required' });
    await page.close();
  });
});
