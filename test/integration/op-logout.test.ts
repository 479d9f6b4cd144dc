import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRemoteJWKSet, decodeJwt, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newEventId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import { authorizeThroughPages, type Browser, newBrowser, type Person } from './support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';

const callback = 'https://harness.example/callback';
const afterwards = 'https://harness.example/bye';
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** What came to the client's back channel, and how it answers: one status for each request, 200 afterwards. */
const received: { readonly path: string; readonly type: string | undefined; readonly token: string }[] = [];
let answers: (number | 'redirect')[] = [];
let receiver: Server;
let harness: HarnessCloud;
let person: Person;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const body = await request.setEncoding('utf8').toArray();
    const token = new URLSearchParams(body.join('')).get('logout_token') ?? '';
    received.push({ path: request.url ?? '', type: request.headers['content-type'], token });
    const answer = answers.shift() ?? 200;
    if (answer === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.writeHead(answer).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const shared = { authentication: 'none', redirectUris: [callback], postLogoutRedirectUris: [afterwards] } as const;
  harness = await startHarnessCloud({
    clients: [
      { ...shared, id: 'told', backchannelLogoutUri: `http://127.0.0.1:${port}/told` },
      { ...shared, id: 'untold' },
    ],
  });
  person = await harness.newPerson();
});
afterAll(async () => {
  receiver.close();
  await harness.stop();
});
beforeEach(() => {
  received.length = 0;
  answers = [];
});

const configOf = (id: string) =>
  openid.discovery(new URL(harness.url), id, { id_token_signed_response_alg: 'RS256' }, openid.None(), {
    execute: [openid.allowInsecureRequests],
  });

/** Signs in at a client, and gives its tokens. */
async function signIn(browser: Browser, id: string, scope = 'openid') {
  const config = await configOf(id);
  const verifier = openid.randomPKCECodeVerifier();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const answer = await authorizeThroughPages(browser, url, person);
  const tokens = await openid.authorizationCodeGrant(config, answer.url, { pkceCodeVerifier: verifier });
  const { id_token: idToken = '', refresh_token: refreshToken = '' } = tokens;
  const renew = () =>
    openid.refreshTokenGrant(config, refreshToken).then(
      () => 'alive',
      () => 'dead',
    );
  return { idToken, claims: decodeJwt(idToken), renew };
}

const logoutUrl = (parameters: Readonly<Record<string, string>>) =>
  `${harness.url}/oauth2/logout?${new URLSearchParams(parameters)}`;

const eventually = (look: () => boolean) => expect.poll(look, { timeout: 10_000 }).toBe(true);

describe('LO1: RP-initiated logout', () => {
  it('with the ID token of this browser’s session: straight back, with state', async () => {
    const browser = newBrowser();
    const { idToken, renew } = await signIn(browser, 'untold');
    const back = { id_token_hint: idToken, post_logout_redirect_uri: afterwards, state: 's&1' };
    const page = await browser.open(logoutUrl(back));
    expect([page.left, page.status, page.url.href]).toEqual([true, 303, `${afterwards}?state=s%261`]);
    for (let tries = 0; tries < 100 && (await renew()) === 'alive'; tries++) await sleep(50);
    expect(await renew()).toBe('dead');
  });

  it('without parameters, or with a client alone: asks first', async () => {
    const browser = newBrowser();
    const { claims } = await signIn(browser, 'untold');
    const requests: readonly Readonly<Record<string, string>>[] = [
      {},
      { client_id: 'untold' },
      { client_id: 'untold', post_logout_redirect_uri: afterwards },
    ];
    for (const parameters of requests) {
      const page = await browser.open(logoutUrl(parameters));
      expect([page.left, page.status]).toEqual([false, 200]);
      expect(page.html).toContain('id="submit"');
    }
    // Nothing has happened yet.
    expect((await signIn(browser, 'untold')).claims.sid).toBe(claims.sid);
    const asked = await browser.open(logoutUrl({ client_id: 'untold', post_logout_redirect_uri: afterwards }));
    expect((await browser.submit(asked)).url.href).toBe(afterwards);
  });

  it('the hint of another session: asks first', async () => {
    const { idToken } = await signIn(newBrowser(), 'untold');
    const browser = newBrowser();
    await signIn(browser, 'untold');
    const page = await browser.open(logoutUrl({ id_token_hint: idToken, post_logout_redirect_uri: afterwards }));
    expect([page.left, page.status]).toEqual([false, 200]);
  });

  it('the hint alone, in a browser without that session: nothing ends; straight back where it leads somewhere', async () => {
    const browser = newBrowser();
    const { idToken, claims, renew } = await signIn(browser, 'untold');
    const back = { id_token_hint: idToken, post_logout_redirect_uri: afterwards, state: 's-1' };
    const sent = await newBrowser().open(logoutUrl(back));
    expect([sent.left, sent.url.href]).toEqual([true, `${afterwards}?state=s-1`]);
    const posted = await newBrowser().post(`${harness.url}/oauth2/logout`, back);
    expect([posted.left, posted.url.href]).toEqual([true, `${afterwards}?state=s-1`]);
    const page = await newBrowser().open(logoutUrl({ id_token_hint: idToken }));
    expect([page.left, page.status, page.html.includes('id="submit"')]).toEqual([false, 200, false]);
    await sleep(1500);
    expect(await renew()).toBe('alive');
    expect((await signIn(browser, 'untold')).claims.sid).toBe(claims.sid);
  });

  it.each([
    'https://evil.example/',
    `${afterwards}?next=1`,
    `${afterwards}/`,
    `${afterwards}#x`,
    'https://harness.example/',
    callback,
    'https://HARNESS.example/bye',
    '//harness.example/bye',
    'javascript:alert(1)',
  ])('post_logout_redirect_uri %j: a page, no redirect', async (uri) => {
    const browser = newBrowser();
    const { idToken } = await signIn(browser, 'untold');
    const page = await browser.open(logoutUrl({ id_token_hint: idToken, post_logout_redirect_uri: uri }));
    expect([page.left, page.status]).toEqual([false, 400]);
  });

  it('a redirect for no client, or another than the hint’s', async () => {
    const browser = newBrowser();
    const { idToken } = await signIn(browser, 'untold');
    expect((await browser.open(logoutUrl({ post_logout_redirect_uri: afterwards }))).status).toBe(400);
    expect((await browser.open(logoutUrl({ id_token_hint: idToken, client_id: 'told' }))).status).toBe(400);
    expect((await browser.open(logoutUrl({ client_id: 'nobody' }))).status).toBe(400);
  });

  it('a hint that is not our signature is none: asks, and leads nowhere that it alone would vouch for', async () => {
    const browser = newBrowser();
    const { idToken, claims } = await signIn(browser, 'untold');
    const { privateKey } = await generateKeyPair('RS256');
    const [head, body, signature = ''] = idToken.split('.');
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey),
      await new SignJWT(claims).setProtectedHeader({ ...JSON.parse(atob(head ?? '')) }).sign(privateKey),
      `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      'nonsense',
    ];
    for (const hint of forged) {
      const page = await browser.open(logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: afterwards }));
      expect([page.left, page.status], hint.slice(0, 40)).toEqual([false, 200]);
      expect(page.html).not.toContain(afterwards);
    }
    const evil = { id_token_hint: 'nonsense', client_id: 'untold', post_logout_redirect_uri: 'https://evil.example/' };
    expect((await browser.open(logoutUrl(evil))).status).toBe(400);
    expect((await signIn(browser, 'untold')).claims.sid).toBe(claims.sid);
    const page = await browser.open(logoutUrl({ id_token_hint: 'nonsense', post_logout_redirect_uri: afterwards }));
    const done = await browser.submit(page);
    expect([done.left, done.status]).toEqual([false, 200]);
    expect((await signIn(browser, 'untold')).claims.sid).not.toBe(claims.sid);
  });

  it('by form, and with a hint that has expired', async () => {
    const browser = newBrowser();
    const { idToken } = await signIn(browser, 'untold');
    await fetch(`${harness.url}/_local/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: 400 }),
    });
    const form = { id_token_hint: idToken, post_logout_redirect_uri: afterwards };
    expect((await browser.post(`${harness.url}/oauth2/logout`, form)).url.href).toBe(afterwards);
  });

  it('by a form of another site, the hint of another session: asks first, as by address', async () => {
    const other = newBrowser();
    const { idToken, claims } = await signIn(other, 'untold');
    const browser = newBrowser();
    const own = await signIn(browser, 'untold');
    const form = { id_token_hint: idToken, post_logout_redirect_uri: afterwards, state: 's&1', ui_locales: 'de' };
    const page = await browser.post(`${harness.url}/oauth2/logout`, form);
    expect([page.left, page.status]).toEqual([false, 200]);
    expect(page.html).toContain('<html lang="de"');
    // Nothing has happened yet, to neither.
    expect((await signIn(other, 'untold')).claims.sid).toBe(claims.sid);
    expect((await signIn(browser, 'untold')).claims.sid).toBe(own.claims.sid);
    expect((await browser.submit(page)).url.href).toBe(`${afterwards}?state=s%261`);
    expect((await signIn(other, 'untold')).claims.sid).toBe(claims.sid);
    expect((await signIn(browser, 'untold')).claims.sid).not.toBe(own.claims.sid);
  });

  it('OP2: a parameter that comes twice is refused, by address and by form', async () => {
    const browser = newBrowser();
    const { idToken } = await signIn(browser, 'untold');
    const once = { id_token_hint: idToken, client_id: 'untold', post_logout_redirect_uri: afterwards, state: 'x' };
    for (const [name, value] of Object.entries(once)) {
      const twice = new URLSearchParams([...Object.entries(once), [name, value]]);
      const page = await browser.open(`${harness.url}/oauth2/logout?${twice}`);
      expect([page.left, page.status], name).toEqual([false, 400]);
      const posted = await fetch(`${harness.url}/oauth2/logout`, { method: 'POST', body: twice, redirect: 'manual' });
      expect([posted.status, posted.headers.get('location')], name).toEqual([400, null]);
    }
    expect((await browser.open(logoutUrl(once))).left).toBe(true);
  });

  it('a request that would not come through the confirmation is refused at once', async () => {
    const browser = newBrowser();
    const { idToken } = await signIn(browser, 'untold');
    const request = (state: string) => ({ id_token_hint: idToken, post_logout_redirect_uri: afterwards, state });
    for (const wrong of [request('x'.repeat(2049)), { ...request('%'.repeat(2048)), ui_locales: 'x'.repeat(1000) }]) {
      const page = await browser.post(`${harness.url}/oauth2/logout`, wrong);
      expect([page.left, page.status]).toEqual([false, 400]);
    }
    const page = await browser.post(`${harness.url}/oauth2/logout`, request('x'.repeat(2048)));
    expect(page.url.searchParams.get('state')).toHaveLength(2048);
  });

  it('another site’s confirmation is refused (WEB2)', async () => {
    const browser = newBrowser();
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await browser.post(`${harness.url}/oauth2/logout/confirm`, {}, foreign)).status).toBe(403);
  });

  it('a confirmation without the token of the form, or of another browser, is refused (WEB2)', async () => {
    const browser = newBrowser();
    const { claims } = await signIn(browser, 'untold');
    const asked = await browser.open(logoutUrl({}));
    const csrf = /name="csrf" value="([^"]+)"/.exec(asked.html)?.[1] ?? '';
    const own = { origin: harness.url, 'sec-fetch-site': 'same-origin' };
    const stranger = newBrowser();
    await stranger.open(logoutUrl({}));
    expect((await stranger.post(`${harness.url}/oauth2/logout/confirm`, { csrf }, own)).status).toBe(403);
    expect((await browser.post(`${harness.url}/oauth2/logout/confirm`, {}, own)).status).toBe(403);
    expect((await signIn(browser, 'untold')).claims.sid).toBe(claims.sid);
    expect((await browser.post(`${harness.url}/oauth2/logout/confirm`, { csrf }, own)).status).toBe(200);
  });
});

describe('LO2: back-channel logout', () => {
  it('tells the client, by a token that says neither more nor less', async () => {
    const browser = newBrowser();
    const { claims, idToken, renew } = await signIn(browser, 'told');
    await browser.open(logoutUrl({ id_token_hint: idToken }));
    await eventually(() => received.length > 0);
    const [told] = received;
    expect(told).toMatchObject({ path: '/told', type: expect.stringMatching(/^application\/x-www-form-urlencoded/) });
    const keys = createRemoteJWKSet(new URL(`${harness.url}/.well-known/jwks.json`));
    const clock = await (
      await fetch(`${harness.url}/_local/clock`, { headers: { accept: 'application/json' } })
    ).json();
    const { payload } = await jwtVerify(told?.token ?? '', keys, {
      typ: 'logout+jwt',
      issuer: harness.url,
      audience: 'told',
      currentDate: new Date(clock.now),
      requiredClaims: ['iat', 'exp', 'jti', 'events', 'sub', 'sid'],
    });
    expect(payload).toMatchObject({ sub: claims.sub, sid: claims.sid, events: { [logoutEvent]: {} } });
    expect(payload).not.toHaveProperty('nonce');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(120);
    expect(await renew()).toBe('dead');
  });

  it('a client that was not signed in to is not told', async () => {
    const browser = newBrowser();
    const { idToken } = await signIn(browser, 'untold');
    await browser.open(logoutUrl({ id_token_hint: idToken }));
    await sleep(1500);
    expect(received).toEqual([]);
  });

  it('offline access outlives the browser, and its client is told all the same', async () => {
    const browser = newBrowser();
    const { idToken, renew } = await signIn(browser, 'told', 'openid offline_access');
    await browser.open(logoutUrl({ id_token_hint: idToken }));
    await eventually(() => received.length > 0);
    expect(await renew()).toBe('alive');
  });

  /** Presses the one button of an account page, or sends its form with what another one says. */
  async function press(browser: Browser, path: string, action?: string, fields: Readonly<Record<string, string>> = {}) {
    const page = await browser.open(`${harness.url}${path}`);
    if (action === undefined) return browser.submit(page, fields);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const own = { origin: harness.url, 'sec-fetch-site': 'same-origin' };
    return browser.post(`${harness.url}${action}`, { csrf, ...fields }, own);
  }

  const passwords = () => ({ current_password: person.password, password: 'nine quiet herons on a pier' });
  it.each<[string, (browser: Browser) => Promise<unknown>]>([
    ['signing out everywhere', (browser) => press(browser, '/account/sessions')],
    ['a new password', (browser) => press(browser, '/account/password', undefined, passwords())],
    [
      'disconnecting it',
      (browser) => press(browser, '/account/applications', '/account/applications', { client: 'told' }),
    ],
  ])('%s tells the client once for each of its sessions', async (_, end) => {
    person = await harness.newPerson();
    const browser = newBrowser();
    const one = await signIn(newBrowser(), 'told');
    const again = newBrowser();
    const two = await signIn(again, 'told');
    const three = await signIn(again, 'told', 'openid offline_access');
    expect(three.claims.sid).toBe(two.claims.sid);
    await signIn(browser, 'untold');
    await end(browser);
    await eventually(() => received.length >= 2);
    await sleep(1500);
    const sids = received.map(({ token }) => decodeJwt(token).sid);
    expect(sids.toSorted()).toEqual([one.claims.sid, two.claims.sid].toSorted());
    expect([await one.renew(), await two.renew(), await three.renew()]).toEqual(['dead', 'dead', 'dead']);
  });

  it('of events about one sid at once, however many, exactly one tells the client', async () => {
    const begun = async () => {
      const browser = newBrowser();
      const one = await signIn(browser, 'told');
      for (let more = 0; more < 4; more++) await signIn(browser, 'told');
      return one.claims;
    };
    const sessions = [];
    for (let i = 0; i < 8; i++) sessions.push(await begun());
    const say = (data: Readonly<Record<string, unknown>>) => {
      const event = { id: newEventId(systemRandom), type: 'browser_session.ended', at: new Date().toISOString(), data };
      const body = JSON.stringify({ detail: event });
      const headers = { 'content-type': 'application/json' };
      return fetch(`${harness.url}/_local/functions/back-channel-logout`, { method: 'POST', headers, body });
    };
    for (const { sub, sid: session } of sessions) {
      const runs = await Promise.all([1, 2, 3].map(() => say({ sub, session })));
      expect(runs.map(({ status }) => status)).toEqual([200, 200, 200]);
    }
    await sleep(1500);
    const told = received.map(({ token }) => String(decodeJwt(token).sid));
    expect(told.toSorted()).toEqual(sessions.map(({ sid }) => String(sid)).toSorted());
  });

  it('tries again where the client fails, with the same sid', async () => {
    answers = [503, 500];
    const browser = newBrowser();
    const { idToken, claims } = await signIn(browser, 'told');
    const page = await browser.open(logoutUrl({ id_token_hint: idToken }));
    expect(page.status).toBe(200);
    await eventually(() => received.length >= 3);
    expect(new Set(received.map(({ token }) => decodeJwt(token).sid))).toEqual(new Set([claims.sid]));
    expect(new Set(received.map(({ token }) => decodeJwt(token).jti)).size).toBe(1);
    await sleep(1500);
    expect(received.length).toBe(3);
  });

  it('takes a refusal for an answer, and follows no redirect', async () => {
    for (const answer of [400, 'redirect'] as const) {
      received.length = 0;
      answers = [answer];
      const browser = newBrowser();
      const { idToken } = await signIn(browser, 'told');
      await browser.open(logoutUrl({ id_token_hint: idToken }));
      await eventually(() => received.length > 0);
      await sleep(1500);
      expect(
        received.map(({ path }) => path),
        String(answer),
      ).toEqual(['/told']);
    }
  });
});
