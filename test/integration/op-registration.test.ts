import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { callback, codeOf, prepare } from './support/authorization.ts';
import { authorizeThroughPages, newBrowser, type Page, type Person, passSignIn } from './support/browser-session.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import { type Member, signUp } from './support/journeys.ts';
import { application } from './support/openid-client.ts';
import { relyingParty } from './support/relying-party.ts';
import { patchItem } from './support/tables.ts';
import { type Answer, newVisitor } from './support/visitor.ts';

const brand = 'northwind';
const visitor = checkedVisitor(brand);
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const metadata = {
  redirect_uris: [callback],
  client_name: 'Trail diary',
  grant_types: ['authorization_code', 'refresh_token'],
};

let initial: string;
let member: Member;
beforeAll(async () => {
  const seeded = await newVisitor(brand).get('/_local/initial-access-token');
  initial = seeded.json.token;
  member = await signUp(checkedVisitor(brand));
});

type Json = Readonly<Record<string, unknown>>;

const register = (changed: Json = {}, token = initial): Promise<Answer> =>
  visitor.post('/oauth2/register', { ...metadata, ...changed }, { token });

async function registered(changed: Json = {}) {
  const { status, json } = await register(changed);
  if (status !== 201) throw new Error(`not registered: ${JSON.stringify(json)}`);
  return json;
}

const at = ({ client_id: id }: { readonly client_id: string }) => `/oauth2/register/${id}`;

/** As far as the consent page, which a client that registered itself always leads to. */
async function consentPage(client_id: string, person: Person, browser = newBrowser(), changed = {}) {
  const prepared = prepare(brand, { client_id, scope: 'openid email', ...changed });
  let page = await browser.open(prepared.url);
  if (page.url.pathname === '/sign-in') page = await passSignIn(browser, page, person);
  if (page.url.pathname === '/purposes') page = await browser.submit(page, { 'purpose.terms': 'on' });
  return { ...prepared, browser, page };
}

async function tokensOf(client: Json, person: Person, changed = {}) {
  const asked = await consentPage(String(client.client_id), person, newBrowser(), changed);
  const answer = await asked.browser.submit(asked.page);
  const form = { grant_type: 'authorization_code', code: codeOf(answer), code_verifier: asked.verifier };
  const own = basic(String(client.client_id), String(client.client_secret));
  const { status, json } = await askToken(visitor, { ...form, redirect_uri: callback }, own);
  expect(status).toBe(200);
  return { ...asked, tokens: json, own };
}

describe('DCR1: a client that registers itself', () => {
  it('gets an id of its own kind, a secret once, and what was understood of its metadata', async () => {
    const { status, headers, json } = await register({
      logo_uri: 'https://trail.example/logo.png',
      contacts: ['a@example.com'],
    });
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(json).toEqual({
      client_id: expect.stringMatching(/^dyn_[A-Za-z0-9_-]{22}$/),
      client_id_issued_at: expect.any(Number),
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      client_secret_expires_at: 0,
      registration_access_token: expect.any(String),
      registration_client_uri: `${visitor.origin}${at(json)}`,
      ...metadata,
      logo_uri: 'https://trail.example/logo.png',
      post_logout_redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_basic',
      response_types: ['code'],
      scope: 'openid profile email offline_access',
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
    });
  });

  it('oauth4webapi and openid-client register', async () => {
    const { as, insecure } = await relyingParty(brand);
    expect(as.registration_endpoint).toBe(`${visitor.origin}/oauth2/register`);
    const options = { initialAccessToken: initial, ...insecure };
    const response = await oauth.dynamicClientRegistrationRequest(as, metadata, options);
    expect(await oauth.processDynamicClientRegistrationResponse(response)).toMatchObject(metadata);
    const config = await openid.dynamicClientRegistration(new URL(visitor.origin), metadata, undefined, {
      initialAccessToken: initial,
      execute: [openid.allowInsecureRequests],
    });
    expect(config.clientMetadata()).toMatchObject({ client_name: 'Trail diary' });
  });

  it('CON1: is always asked about, by a page that says that nobody vouches for it; silence is consent_required', async () => {
    const client = await registered();
    const { page, browser } = await consentPage(client.client_id, member);
    expect(page.url.pathname).toBe('/consent');
    expect(page.html).toContain('id="self-registered"');
    expect(page.html).toContain('Trail diary registered itself here.');
    expect((await browser.submit(page)).left).toBe(true);
    const again = await consentPage(client.client_id, member, browser);
    expect(again.page.url.pathname).toBe('/consent');
    const silent = await consentPage(client.client_id, member, browser, { prompt: 'none' });
    expect(silent.page.url.searchParams.get('error')).toBe('consent_required');
    const denied = await browser.submit(again.page, {}, 'deny');
    expect(denied.url.searchParams.get('error')).toBe('access_denied');
  });

  it('signs people up on the brand’s own pages, and works at token, UserInfo, refresh, introspection and logout', async () => {
    const after = 'https://trail.example/bye';
    const client = await registered({ post_logout_redirect_uris: [after] });
    const { tokens, browser, own } = await tokensOf(client, member, { scope: 'openid email offline_access' });
    const claims = decodeJwt(tokens.access_token);
    expect(claims).toMatchObject({ client_id: client.client_id, sub: member.sub });
    expect(claims.aud).toContain('https://community.northwind.example/');
    const seen = await visitor.get('/oauth2/userinfo', { token: tokens.access_token });
    expect(seen.json.email).toBe(member.email);
    // The own API is for the brand's own applications.
    expect((await visitor.get('/v1/account', { token: tokens.access_token })).status).toBe(403);
    const refreshed = await askToken(
      visitor,
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      own,
    );
    expect(refreshed.status).toBe(200);
    const introspected = await visitor.ask('POST', '/oauth2/introspect', {
      form: { token: refreshed.json.access_token },
      headers: own,
    });
    expect(introspected.json).toMatchObject({ active: true, client_id: client.client_id });
    // Another one has the same audience, and learns nothing of this one's tokens (INT1).
    const other = await registered();
    const asking = basic(other.client_id, other.client_secret);
    const form = { token: refreshed.json.access_token };
    const foreign = await visitor.ask('POST', '/oauth2/introspect', { form, headers: asking });
    expect(foreign.json).toEqual({ active: false });
    for (const path of ['/account/applications', '/account/sessions']) {
      expect((await browser.open(new URL(path, visitor.origin))).html).toContain('Trail diary');
    }
    const logout = new URL('/oauth2/logout', visitor.origin);
    logout.search = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: after }).toString();
    expect((await browser.open(logout)).url.href).toBe(after);
  });

  it('PAR, DPoP, a key of its own, a device: whatever it registered for', async () => {
    const pushing = await registered({
      token_endpoint_auth_method: 'none',
      require_pushed_authorization_requests: true,
    });
    const config = await application(brand, pushing.client_id);
    const parameters = {
      redirect_uri: callback,
      scope: 'openid',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    };
    const url = await openid.buildAuthorizationUrlWithPAR(config, parameters);
    const page = await authorizeThroughPages(newBrowser(), url, member);
    expect(page.left).toBe(true);

    const device = await registered({
      grant_types: [deviceGrant],
      redirect_uris: [],
      token_endpoint_auth_method: 'none',
    });
    const form = { client_id: device.client_id };
    const started = await visitor.ask('POST', '/oauth2/device_authorization', { form });
    const browser = newBrowser();
    let shown: Page = await browser.open(started.json.verification_uri_complete);
    shown = await browser.submit(shown);
    if (shown.url.pathname === '/sign-in') shown = await passSignIn(browser, shown, member);
    expect(shown.html).toContain('id="self-registered"');
    await browser.submit(shown);
    const polled = await askToken(visitor, { grant_type: deviceGrant, device_code: started.json.device_code, ...form });
    expect(polled.status).toBe(200);
  });
});

describe('DCR1: who may register, and who may look', () => {
  it.each(['', 'x', `lki_${'A'.repeat(43)}`])('not with the token "%s", and it learns nothing else', async (token) => {
    const refused = await register({ redirect_uris: ['http://x'] }, token);
    expect([refused.status, refused.json.error]).toEqual([401, 'invalid_token']);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('where the brand lets nobody register there is nothing', async () => {
    const elsewhere = checkedVisitor('solmar');
    const asked = await elsewhere.post('/oauth2/register', metadata, { token: initial });
    expect([asked.status, asked.json.error]).toEqual([404, 'invalid_request']);
    const { as } = await relyingParty('solmar');
    expect(as).not.toHaveProperty('registration_endpoint');
  });

  it('a token is good for so many, also at once, and for so long', async () => {
    const { initialAccessToken } = await import('../../bin/initial-access-token.ts');
    const until = Math.floor(Date.now() / 1000) + 10 * 86_400;
    const few = initialAccessToken(3, until);
    const { pk, sk, ...rest } = few.item;
    await patchItem(brand, 'Sessions', pk, sk, rest);
    const answers = await Promise.all(Array.from({ length: 12 }, () => register({}, few.token)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 201, 201, ...Array.from({ length: 9 }, () => 401)]);
    const old = initialAccessToken(3, 1);
    await patchItem(brand, 'Sessions', old.item.pk, old.item.sk, { left: 3, until: 1 });
    expect((await register({}, old.token)).status).toBe(401);
  });

  it('a registration is its own client’s: not another’s, not a person’s, not the initial token’s', async () => {
    const [one, other] = [await registered(), await registered()];
    const { status, json } = await visitor.get(at(one), { token: one.registration_access_token });
    const { client_secret: _, ...known } = one;
    expect([status, json]).toEqual([200, known]);
    const wrong = [other.registration_access_token, initial, member.tokens.access_token, 'x'];
    for (const token of wrong) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const asked = method === 'PUT' ? { json: metadata } : {};
        expect((await visitor.ask(method, at(one), { token, ...asked })).status).toBe(401);
      }
    }
    const nobody = at({ client_id: `dyn_${'A'.repeat(22)}` });
    expect((await visitor.get(nobody, { token: one.registration_access_token })).status).toBe(401);
    expect((await visitor.get(at({ client_id: 'northwind-web' }), { token: initial })).status).toBe(401);
  });

  it('an update replaces everything, and is held to the same rules', async () => {
    const client = await registered({ scope: 'openid email' });
    const { client_id, registration_access_token: token } = client;
    const put = (changed: Json) =>
      visitor.ask('PUT', at(client), { token, json: { client_id, ...metadata, ...changed } });
    const renamed = await put({ client_name: 'Trail log', scope: 'openid' });
    expect(renamed.json).toMatchObject({ client_name: 'Trail log', scope: 'openid' });
    for (const [changed, error] of [
      [{ redirect_uris: ['http://x.example/'] }, 'invalid_redirect_uri'],
      [{ client_id: 'northwind-web' }, 'invalid_client_metadata'],
      [{ client_secret: 'wrong' }, 'invalid_client_metadata'],
      [{ registration_access_token: token }, 'invalid_request'],
      [{ client_id_issued_at: 1 }, 'invalid_request'],
    ] as const) {
      expect((await put(changed)).json.error).toBe(error);
    }
    const open = await put({ token_endpoint_auth_method: 'none' });
    expect(open.json).not.toHaveProperty('client_secret_expires_at');
    expect((await put({})).json.client_secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await put({ client_secret: client.client_secret })).json.error).toBe('invalid_client_metadata');
  });

  it('REV1: a client that is deleted is gone at once, and its tokens with it', async () => {
    const client = await registered();
    const { tokens, own } = await tokensOf(client, member);
    const backend = basic('northwind-checkout', await secretOf(brand, 'northwind-checkout'));
    const introspect = (headers: Readonly<Record<string, string>>) =>
      visitor.ask('POST', '/oauth2/introspect', { form: { token: tokens.access_token }, headers });
    expect((await introspect(own)).json.active).toBe(true);
    const token = client.registration_access_token;
    expect((await visitor.ask('DELETE', at(client), { token })).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await visitor.ask(method, at(client), { token })).status).toBe(401);
    const refresh = await askToken(visitor, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, own);
    expect([refresh.status, refresh.json.error]).toEqual([401, 'invalid_client']);
    expect((await introspect(own)).json.error).toBe('invalid_client');
    expect((await introspect(backend)).json).toEqual({ active: false });
    expect((await visitor.get('/oauth2/userinfo', { token: tokens.access_token })).status).toBe(401);
  });
});
