import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { authorizeThroughPages, newBrowser } from './support/browser-session.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { basic } from './support/client-requests.ts';
import { advance, secretOf } from './support/cloud-desk.ts';
import { type Member, signUp } from './support/journeys.ts';
import { application, codeRequest } from './support/openid-client.ts';
import { relyingParty } from './support/relying-party.ts';
import { itemsUnder } from './support/tables.ts';
import { newVisitor, originOf } from './support/visitor.ts';

const redirect = 'http://localhost:4711/callback';
const consents = [{ purpose: 'terms', granted: true }];

describe.each(['northwind', 'solmar'] as const)('pushed authorization requests at %s', (brand) => {
  const origin = originOf(brand);
  const visitor = checkedVisitor(brand);
  const wallet = `${brand}-wallet`;
  let member: Member;
  beforeAll(async () => {
    member = await signUp(newVisitor(brand), { consents });
  });

  /** What the wallet pushes, with a challenge that nobody will redeem. */
  const request = {
    client_id: wallet,
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid email',
    state: 'st',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
  };
  const push = (form: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {}) =>
    visitor.ask('POST', '/oauth2/par', { form: { ...request, ...form }, headers });
  const at = (client_id: string, request_uri: string) =>
    `${origin}/oauth2/authorize?${new URLSearchParams({ client_id, request_uri })}`;

  it('PAR1: a public client pushes, signs somebody in and gets bound tokens (openid-client)', async () => {
    const config = await application(brand, wallet);
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());
    const { parameters, checks } = await codeRequest('openid email offline_access', redirect);
    const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);

    const page = await authorizeThroughPages(newBrowser(), url, member);
    expect(`${page.url.origin}${page.url.pathname}`).toBe(redirect);
    const tokens = await oidc.authorizationCodeGrant(config, page.url, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    expect(tokens.claims()?.sub).toBe(member.sub);
    const person = await oidc.fetchUserInfo(config, tokens.access_token, member.sub, { DPoP });
    expect(person.email).toBe(member.email);

    const next = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
    expect(next.token_type).toBe('dpop');
    const other = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());
    await expect(
      oidc.refreshTokenGrant(config, next.refresh_token ?? '', undefined, { DPoP: other }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('DPOP1: a code that was bound by the push is good with that key alone', async () => {
    const config = await application(brand, wallet);
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());
    const { parameters, checks } = await codeRequest('openid', redirect);
    const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    const page = await authorizeThroughPages(newBrowser(), url, member);
    const thief = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair());
    await expect(
      oidc.authorizationCodeGrant(config, page.url, checks, undefined, { DPoP: thief }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('PAR1: a browser may bring it by a form too, once', async () => {
    const { json } = await push();
    const browser = newBrowser();
    const form = { client_id: wallet, request_uri: json.request_uri as string };
    const brought = await browser.post(`${origin}/oauth2/authorize`, form);
    expect([brought.url.pathname, brought.status]).toEqual(['/sign-in', 200]);
    const again = await newBrowser().post(`${origin}/oauth2/authorize`, form);
    expect([again.left, again.status, again.url.pathname]).toEqual([false, 400, '/oauth2/authorize']);
  });

  it('F28: what is too long is refused at once, before anybody comes with it', async () => {
    const tooLong: readonly Readonly<Record<string, string>>[] = [
      { state: 's'.repeat(2049) },
      { nonce: 'n'.repeat(513) },
      { claims: `{}${' '.repeat(2047)}` },
      { state: '"'.repeat(2048) },
    ];
    for (const form of tooLong) {
      const answer = await push(form);
      expect([answer.status, answer.json.error], Object.keys(form)[0]).toEqual([400, 'invalid_request']);
    }
    expect((await push({ state: 's'.repeat(2048), nonce: 'n'.repeat(512) })).status).toBe(201);
  });

  it('PAR1: a confidential client authenticates as at the token endpoint (oauth4webapi)', async () => {
    const id = brand === 'northwind' ? 'northwind-community' : 'solmar-miles';
    const { as, client, insecure } = await relyingParty(brand, id);
    const parameters = { ...request, client_id: id };
    const authentication = oauth.ClientSecretBasic(await secretOf(brand, id));
    const answer = await oauth.pushedAuthorizationRequest(as, client, authentication, parameters, insecure);
    const pushed = await oauth.processPushedAuthorizationResponse(as, client, answer);
    expect(pushed.expires_in).toBeLessThanOrEqual(90);
    const page = await newBrowser().open(at(id, pushed.request_uri));
    expect(page.url.pathname).toBe('/sign-in');
  });

  it('PAR1: the answer is a 201 that nobody caches, for a handle of 256 bits', async () => {
    const { status, headers, json } = await push();
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(json).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
      expires_in: 90,
    });
    const items = JSON.stringify(await itemsUnder(brand, 'Sessions', 'PAR#'));
    expect(items).not.toContain(json.request_uri.split(':').at(-1));
  });

  it('PAR1: request_uri counts once; the page that it led to can be loaded again', async () => {
    const { request_uri } = (await push()).json;
    const browser = newBrowser();
    const page = await browser.open(at(wallet, request_uri));
    expect([page.status, page.url.pathname]).toEqual([200, '/sign-in']);
    expect((await browser.open(page.url)).status).toBe(200);

    const again = await browser.open(at(wallet, request_uri));
    expect([again.status, again.left, again.url.pathname]).toEqual([400, false, '/oauth2/authorize']);
  });

  it('PAR1: of ten browsers at once, one comes in', async () => {
    const { request_uri } = (await push()).json;
    const pages = await Promise.all(Array.from({ length: 10 }, () => newBrowser().open(at(wallet, request_uri))));
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(400)]);
  });

  it('PAR1: another client’s, a guessed and a foreign request_uri lead nowhere', async () => {
    const { request_uri } = (await push()).json;
    const guess = `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`;
    for (const url of [at(`${brand}-web`, request_uri), at('nobody', request_uri), at(wallet, guess), at('', guess)]) {
      const page = await newBrowser().open(url);
      expect([page.status, page.left], url).toEqual([400, false]);
    }
    for (const uri of ['https://evil.example/r', 'http://169.254.169.254/latest', 'urn:ietf:params:oauth:x']) {
      const page = await newBrowser().open(`${at(`${brand}-web`, uri)}&redirect_uri=${encodeURIComponent(redirect)}`);
      expect([page.left, page.url.searchParams.get('error')], uri).toEqual([true, 'request_uri_not_supported']);
    }
    expect((await newBrowser().open(at(wallet, request_uri))).status).toBe(200);
  });

  it('PAR1: it is over after its time', async () => {
    const { request_uri, expires_in } = (await push()).json;
    await advance(brand, expires_in);
    expect((await newBrowser().open(at(wallet, request_uri))).status).toBe(400);
  });

  it('PAR1: a client that must push is refused a plain request, at its own redirect', async () => {
    const page = await newBrowser().open(`${origin}/oauth2/authorize?${new URLSearchParams(request)}`);
    const said = Object.fromEntries(page.url.searchParams);
    expect(`${page.url.origin}${page.url.pathname}`).toBe(redirect);
    expect(said).toMatchObject({ error: 'invalid_request', state: 'st', iss: origin });
    expect(said).not.toHaveProperty('code');
  });

  it.each<readonly [string, Readonly<Record<string, string>>, string, number]>([
    ['no such client', { client_id: 'nobody' }, 'invalid_client', 401],
    ['a secret that the client has not', { client_secret: 'x' }, 'invalid_client', 401],
    ['an unregistered redirect', { redirect_uri: 'https://evil.example/' }, 'invalid_request', 400],
    ['a request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request', 400],
    ['a request object', { request: 'eyJ' }, 'request_not_supported', 400],
    ['response_type token', { response_type: 'token' }, 'unsupported_response_type', 400],
    ['code_challenge_method plain', { code_challenge_method: 'plain' }, 'invalid_request', 400],
    ['nothing but scopes that nobody knows', { scope: 'admin' }, 'invalid_scope', 400],
  ])('PAR1: %s is refused at once', async (_, form, error, status) => {
    const answer = await push(form);
    expect([answer.status, answer.json.error]).toEqual([status, error]);
  });

  it('PAR1: a client pushes in its own name only, and a repeated parameter is refused', async () => {
    const id = `${brand}-backend`;
    const mismatch = await push({}, basic(id, await secretOf(brand, id)));
    expect([mismatch.status, mismatch.json.error]).toEqual([400, 'invalid_request']);
    const body = `${new URLSearchParams(request)}&scope=openid`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const repeated = await visitor.ask('POST', '/oauth2/par', { body, headers });
    expect([repeated.status, repeated.json.error]).toEqual([400, 'invalid_request']);
  });
});
