import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
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
      backchannelLogoutUri: `${home}/backchannel-logout`,
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

  it('LO3: is told by its provider that a session is over, wherever it was ended', async () => {
    const person = await harness.newPerson();
    const browser = newBrowser([harness.url, home]);
    await browser.open(home);
    await authorizeThroughPages(browser, `${home}/sign-in`, person);
    const asked = await browser.open(`${harness.url}/oauth2/logout`);
    await browser.submit(asked);
    const isOut = async () => (await browser.open(home)).html.includes('You are not signed in.');
    await expect.poll(isOut, { timeout: 10_000 }).toBe(true);
  });

  it('says why a sign-in was refused', async () => {
    const browser = newBrowser([harness.url, home]);
    await browser.open(home);
    const page = await browser.open(`${home}/callback?code=x&state=y&iss=${encodeURIComponent(harness.url)}`);
    expect([page.status, page.html]).toEqual([502, expect.stringContaining('No sign-in is under way')]);
  });
});

describe('LO3: the example application judges logout tokens', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const claims = { sub: 'usr_1', sid: 'ses_1', events: event };
  type Signer = Awaited<ReturnType<typeof generateKeyPair>>;
  let own: Signer;
  let foreign: Signer;
  let issuer: string;
  let home: string;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
    const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }];
    const provider = createServer((request, response) => {
      const metadata = { issuer, jwks_uri: `${issuer}/jwks`, authorization_endpoint: `${issuer}/authorize` };
      const body = request.url === '/jwks' ? { keys } : metadata;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const address = provider.address();
    issuer = `http://localhost:${address !== null && typeof address === 'object' ? address.port : 0}`;
    const port = (await examplePort(undefined)) ?? 0;
    home = `http://localhost:${port}`;
    const stopApp = await startWebApp({ issuer, clientId: 'example', port });
    stop = async () => {
      await stopApp();
      provider.closeAllConnections();
      provider.close();
    };
  });
  afterAll(() => stop());

  const built = (payload: Record<string, unknown> = claims, typ = 'logout+jwt') =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ })
      .setIssuer(issuer)
      .setAudience('example')
      .setIssuedAt()
      .setExpirationTime('2m')
      .setJti(crypto.randomUUID());
  const send = async (token: string) => {
    const answer = await fetch(`${home}/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
    return [answer.status, answer.headers.get('cache-control')];
  };

  it('LO3: a good one once; the same one again is a replay', async () => {
    const token = await built().sign(own.privateKey);
    expect(await send(token)).toEqual([200, 'no-store']);
    expect(await send(token)).toEqual([400, 'no-store']);
  });

  it.each([
    ['without a signature', () => new UnsecuredJWT(claims).setIssuer(issuer).setAudience('example').encode()],
    ['signed by somebody else', () => built().sign(foreign.privateKey)],
    ['signed with the public key as a secret', () => signedWithPublicKey()],
    ['of another issuer', () => built().setIssuer('https://evil.example').sign(own.privateKey)],
    ['for another client', () => built().setAudience('other').sign(own.privateKey)],
    ['that has expired', () => built().setExpirationTime('-2m').sign(own.privateKey)],
    ['without an id', () => unnamed()],
    ['that is an ID token by its type', () => built(claims, 'JWT').sign(own.privateKey)],
    ['that is an ID token by its nonce', () => built({ ...claims, nonce: 'n' }).sign(own.privateKey)],
    ['without the event', () => built({ ...claims, events: {} }).sign(own.privateKey)],
    ['about nobody', () => built({ events: event }).sign(own.privateKey)],
    ['that is no token', () => Promise.resolve('eyJ.eyJ.x')],
    ['of 20,000 characters', () => Promise.resolve('e'.repeat(20_000))],
  ])('LO3: one %s is refused', async (_, token) => {
    expect(await send(await token())).toEqual([400, 'no-store']);
  });

  function unnamed() {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'logout+jwt' })
      .setIssuer(issuer)
      .setAudience('example')
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(own.privateKey);
  }

  async function signedWithPublicKey() {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(own.publicKey)));
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'k', typ: 'logout+jwt' })
      .setIssuer(issuer)
      .setAudience('example')
      .setIssuedAt()
      .setExpirationTime('2m')
      .setJti('hs')
      .sign(secret);
  }
});
