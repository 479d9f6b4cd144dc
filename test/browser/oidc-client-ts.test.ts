import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { UserManagerSettings } from 'oidc-client-ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTaken } from '../integration/support/client-requests.ts';
import { type Member, signUp } from '../integration/support/journeys.ts';
import { goodPassword, newVisitor, originOf } from '../integration/support/visitor.ts';
import { launchBrowser } from './support/browser.ts';

const manifest = createRequire(import.meta.url).resolve('oidc-client-ts/package.json');
const library = readFileSync(join(dirname(manifest), 'dist/browser/oidc-client-ts.min.js'), 'utf8');

/** The single-page application of northwind, at the one origin that may call from a browser, whatever port it listens at. */
const application = 'http://localhost:3000';
const settings = (): UserManagerSettings => ({
  authority: originOf('northwind'),
  client_id: 'northwind-web',
  redirect_uri: `${application}/callback`,
  post_logout_redirect_uri: `${application}/`,
  scope: 'openid profile email offline_access',
  loadUserInfo: true,
});

/** What the application knows of a person. */
interface Known {
  readonly sub: string;
  readonly email: string | undefined;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

let browser: Browser;
let server: Server;
let page: Page;
let member: Member;
beforeAll(async () => {
  member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Application</title><script>${library}</script></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  browser = await launchBrowser(`--host-resolver-rules=MAP localhost:3000 127.0.0.1:${port}`);
  // No header of the test's own: the browser would ask whether this origin may send it.
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** Does something with the library, in the application's page. */
function withManager(act: 'signinCallback' | 'signinSilent' | 'getUser'): Promise<Known | undefined> {
  return page.evaluate(
    async ([given, verb]) => {
      const { oidc } = globalThis as unknown as { readonly oidc: typeof import('oidc-client-ts') };
      const user = await new oidc.UserManager(given)[verb]();
      if (!user) return undefined;
      const { profile, access_token: accessToken, refresh_token: refreshToken } = user;
      return { sub: profile.sub, email: profile.email, accessToken, refreshToken };
    },
    [settings(), act] as const,
  );
}

/** Leaves the application's page for ours. */
async function leave(act: 'signinRedirect' | 'signoutRedirect'): Promise<void> {
  await page.evaluate(
    ([given, verb]) => {
      const { oidc } = globalThis as unknown as { readonly oidc: typeof import('oidc-client-ts') };
      void new oidc.UserManager(given)[verb]();
    },
    [settings(), act] as const,
  );
}

const arrive = (path: string) => page.waitForURL((url) => url.origin === application && url.pathname === path);

describe('oidc-client-ts in a real browser', () => {
  it('signs in through the pages, reads the claims, renews in silence, and signs out', async () => {
    await page.goto(`${application}/`);
    await leave('signinRedirect');
    await page.waitForSelector('#username');
    await page.fill('#username', member.email);
    await page.click('#submit');
    await page.fill('#password', goodPassword);
    await page.click('#submit');
    await arrive('/callback');

    const signedIn = await withManager('signinCallback');
    expect(signedIn).toMatchObject({ sub: member.sub, email: member.email });
    expect(await isTaken(member.visitor, signedIn?.accessToken ?? '')).toBe(true);

    const renewed = await withManager('signinSilent');
    expect(renewed?.sub).toBe(member.sub);
    expect(renewed?.accessToken).not.toBe(signedIn?.accessToken);
    expect(renewed?.refreshToken).not.toBe(signedIn?.refreshToken);
    expect(await isTaken(member.visitor, renewed?.accessToken ?? '')).toBe(true);

    await leave('signoutRedirect');
    await arrive('/');
    expect(await withManager('getUser')).toBeUndefined();
    await leave('signinRedirect');
    await page.waitForSelector('#username');
  });
});
