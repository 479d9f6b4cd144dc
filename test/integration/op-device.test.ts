import { setTimeout as sleep } from 'node:timers/promises';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, newBrowser, type Page, type Person, passSignIn } from './support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';

const grant = 'urn:ietf:params:oauth:grant-type:device_code';
const tv = { id: 'tv', authentication: 'none', redirectUris: [], grants: [grant, 'refresh_token'] } as const;

let harness: HarnessCloud;
let person: Person;
beforeAll(async () => {
  harness = await startHarnessCloud({
    clients: [tv, { ...tv, id: 'radio' }, { ...tv, id: 'web', grants: ['refresh_token'] }],
  });
  person = await harness.newPerson();
});
afterAll(() => harness.stop());

async function post(path: string, form: Readonly<Record<string, string>>) {
  const response = await fetch(`${harness.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies whose shape is what they test
  return { status: response.status, headers: response.headers, json: (await response.json()) as any };
}
const start = async (clientId = 'tv') =>
  (await post('/oauth2/device_authorization', { client_id: clientId, scope: 'openid email' })).json;
const poll = (code: string, clientId = 'tv') =>
  post('/oauth2/token', { grant_type: grant, client_id: clientId, device_code: code });
const advance = (seconds: number) =>
  fetch(`${harness.url}/_local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: seconds }),
  });

/** From the printed link to the question. */
async function toQuestion(browser: Browser, link: string, who: Person = person): Promise<Page> {
  let page = await browser.submit(await browser.open(link), {});
  if (page.url.pathname === '/sign-in') page = await passSignIn(browser, page, who);
  return page;
}

describe('DEV1: device authorization (RFC 8628)', () => {
  it('is advertised, and answers with what a device shows', async () => {
    const metadata = await (await fetch(`${harness.url}/.well-known/openid-configuration`)).json();
    expect(metadata.device_authorization_endpoint).toBe(`${harness.url}/oauth2/device_authorization`);
    expect(metadata.grant_types_supported).toContain(grant);
    const started = await start();
    expect(started).toMatchObject({ verification_uri: `${harness.url}/device`, expires_in: 600, interval: 5 });
    expect(started.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(started.verification_uri_complete).toBe(`${harness.url}/device?user_code=${started.user_code}`);
  });

  it('openid-client signs in on a device', async () => {
    const config = await openid.discovery(new URL(harness.url), 'tv', undefined, openid.None(), {
      execute: [openid.allowInsecureRequests],
    });
    const started = await openid.initiateDeviceAuthorization(config, { scope: 'openid email' });
    const browser = newBrowser();
    const question = await toQuestion(browser, started.verification_uri_complete ?? '');
    expect(question.url.pathname).toBe('/device/confirm');
    expect(question.html).toContain('Harness');
    expect(question.html).toContain(started.user_code);
    expect((await browser.submit(question)).html).toContain('The device is connected');
    const tokens = await openid.pollDeviceAuthorizationGrant(config, { ...started, interval: 1 });
    const claims = tokens.claims();
    const userinfo = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
    expect(userinfo.email).toBe(person.email);
    // Signing out of the browser that let it in leaves the device signed in.
    await browser.submit(await browser.open(`${harness.url}/oauth2/logout`), {});
    await sleep(500);
    expect((await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')).access_token).toBeTruthy();
  });

  it('authorization_pending; slow_down and five seconds more for a hasty poll', async () => {
    const { device_code: code } = await start();
    expect((await poll(code)).json.error).toBe('authorization_pending');
    expect((await poll(code)).json.error).toBe('slow_down');
    await advance(6);
    expect((await poll(code)).json.error).toBe('slow_down');
    await advance(16);
    expect((await poll(code)).json.error).toBe('authorization_pending');
  });

  it('expired_token after ten minutes, and its page has nothing to show', async () => {
    const { device_code: code, verification_uri_complete: link } = await start();
    await advance(601);
    expect((await poll(code)).json.error).toBe('expired_token');
    const browser = newBrowser();
    const page = await browser.submit(await browser.open(link));
    expect([page.status, page.url.pathname]).toEqual([400, '/device']);
  });

  it('access_denied, for good', async () => {
    const { device_code: code, verification_uri_complete: link } = await start();
    const browser = newBrowser();
    const question = await toQuestion(browser, link);
    expect((await browser.submit(question, {}, 'deny')).html).toContain('was not connected');
    expect((await poll(code)).json.error).toBe('access_denied');
    // The page that was left open allows nothing any more.
    await browser.submit(question);
    expect((await poll(code)).json.error).toBe('access_denied');
  });

  it('the device code works once of ten at the same time', async () => {
    const { device_code: code, verification_uri_complete: link } = await start();
    const browser = newBrowser();
    await browser.submit(await toQuestion(browser, link));
    const answers = await Promise.all(Array.from({ length: 10 }, () => poll(code)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
    for (const { status, json } of answers) if (status !== 200) expect(json.error).toBe('invalid_grant');
    expect((await poll(code)).json.error).toBe('invalid_grant');
  });

  it('is nobody else’s: another client’s poll, a forged code, a client without the grant', async () => {
    const { device_code: code } = await start();
    expect((await poll(code, 'radio')).json.error).toBe('invalid_grant');
    expect((await poll(`${code.slice(0, -2)}AA`)).json.error).toBe('invalid_grant');
    expect((await poll('')).json.error).toMatch(/invalid_(grant|request)/);
    expect((await poll(code, 'web')).json.error).toBe('unauthorized_client');
    expect((await start('web')).error).toBe('unauthorized_client');
    expect((await start('nobody')).error).toBe('invalid_client');
    for (const [scope, status, error] of [
      ['openid orders:write', 400, 'invalid_scope'],
      ['nobody:knows', 400, 'invalid_scope'],
      // OIDC Core 3.1.2.1
      ['openid nobody:knows', 200, undefined],
    ] as const) {
      const wide = await post('/oauth2/device_authorization', { client_id: 'tv', scope });
      expect([wide.status, wide.json.error], scope).toEqual([status, error]);
    }
  });

  it('one person’s page does not answer for another who signed in meanwhile', async () => {
    const { device_code: code, verification_uri_complete: link } = await start();
    const browser = newBrowser();
    const question = await toQuestion(browser, link);
    const other = await harness.newPerson();
    await browser.submit(await browser.open(`${harness.url}/oauth2/logout`), {});
    await toQuestion(browser, link, other);
    const asked = await browser.submit(question);
    // The form was shown to another session: it is refused before anybody is asked for an answer (WEB2).
    expect(asked.status).toBe(403);
    expect((await poll(code)).json.error).toBe('authorization_pending');
  });

  it('signing out everywhere between the approval and the poll counts', async () => {
    const { device_code: code, verification_uri_complete: link } = await start();
    const browser = newBrowser();
    await browser.submit(await toQuestion(browser, link));
    const login = { client_id: 'northwind-web', ...person };
    const headers = { 'content-type': 'application/json' };
    const signedIn = await fetch(`${harness.url}/v1/login/password`, {
      method: 'POST',
      headers,
      body: JSON.stringify(login),
    });
    const { access_token: token } = await signedIn.json();
    const out = await fetch(`${harness.url}/v1/account/sessions`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(out.status).toBe(204);
    expect((await poll(code)).json.error).toBe('invalid_grant');
  });

  it('no GET decides, and no other site’s form does (WEB2, WEB5)', async () => {
    const { device_code: code, verification_uri_complete: link } = await start();
    const browser = newBrowser();
    const question = await toQuestion(browser, link);
    await browser.open(`${question.url}&decision=allow`);
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const page = await browser.post(question.url.origin + question.url.pathname, { decision: 'allow' }, foreign);
    expect(page.status).toBe(403);
    expect((await poll(code)).json.error).toBe('authorization_pending');
  });

  it('guessing codes ends in 429, by address (RL4)', async () => {
    const browser = newBrowser();
    const form = await browser.open(`${harness.url}/device`);
    const guess = () => browser.submit(form, { user_code: 'BBBB-BBBB' });
    expect((await guess()).status).toBe(400);
    let throttled = 0;
    // Twice the limit: the window may end in between, and the count begin anew.
    for (let round = 0; round < 40 && throttled === 0; round++) {
      const pages = await Promise.all(Array.from({ length: 20 }, guess));
      throttled = pages.filter(({ status }) => status === 429).length;
    }
    expect(throttled).toBeGreaterThan(0);
  });
});
