import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebApp } from '../../examples/web-app/web-app.ts';
import { examplePort } from '../../local/example-app.ts';
import { authorizeThroughPages, newBrowser } from './support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';

describe.each([
  ['northwind', false],
  ['solmar', true],
] as const)('the example application at %s (https: %s)', (brand, https) => {
  let harness: HarnessCloud;
  let home: string;
  let stopApp: () => Promise<void>;
  beforeAll(async () => {
    const port = (await examplePort(undefined)) ?? 0;
    home = `http://localhost:${port}`;
    const client = {
      id: 'example',
      firstParty: true,
      authentication: 'none',
      redirectUris: ['http://localhost/callback'],
      postLogoutRedirectUris: [`${home}/`],
      idTokenAlg: 'ES256',
    } as const;
    harness = await startHarnessCloud({ brand, https, clients: [client] });
    stopApp = await startWebApp({ issuer: harness.url, clientId: 'example', port });
  });
  afterAll(async () => {
    await stopApp();
    await harness.stop();
  });

  it('signs in through the pages, refreshes, and signs out', async () => {
    const person = await harness.newPerson();
    const browser = newBrowser([harness.url, home]);
    expect((await browser.open(home)).html).toContain('You are not signed in.');

    const signedIn = await authorizeThroughPages(browser, `${home}/sign-in`, person);
    expect(signedIn.url.href).toBe(`${home}/`);
    expect(signedIn.html).toContain('You are signed in.');
    expect(signedIn.html).toContain(person.email);

    const refreshed = await browser.submit(signedIn, {}, 'refresh');
    expect(refreshed.html).toContain('<span id="refreshes">1</span>');

    const out = await browser.submit(refreshed, {}, 'sign-out');
    expect(out.url.href).toBe(`${home}/`);
    expect(out.html).toContain('You are not signed in.');
    // At Latchkey too: the next sign-in asks again.
    expect((await browser.open(`${home}/sign-in`)).url.pathname).toBe('/sign-in');
  });

  it('says why a sign-in was refused', async () => {
    const browser = newBrowser([harness.url, home]);
    await browser.open(home);
    const page = await browser.open(`${home}/callback?code=x&state=y&iss=${encodeURIComponent(harness.url)}`);
    expect([page.status, page.html]).toEqual([502, expect.stringContaining('No sign-in is under way')]);
  });
});
