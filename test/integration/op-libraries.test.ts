import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeThroughPages, formsOf, newBrowser, type Person } from './support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';

const callback = 'https://harness.example/callback';
const afterwards = 'https://harness.example/bye';
const secret = 'a secret of the harness alone';
const shared = { redirectUris: [callback], postLogoutRedirectUris: [afterwards] };
const clients = [
  { ...shared, id: 'basic' },
  { ...shared, id: 'post', authentication: 'client_secret_post', idTokenAlg: 'ES256' },
  { ...shared, id: 'public', authentication: 'none' },
  { ...shared, id: 'exempt', pkceExempt: true },
  { id: 'machine', grants: ['client_credentials'], scopes: ['stock:read', 'stock:write'], redirectUris: [] },
] as const;

let harness: HarnessCloud;
let person: Person;
beforeAll(async () => {
  const secrets = Object.fromEntries(clients.map(({ id }) => [id, secret]));
  harness = await startHarnessCloud({ clients, secrets });
  person = await harness.newPerson();
});
afterAll(() => harness.stop());

describe('openid-client', () => {
  const discover = (id: string, alg: string, authentication: openid.ClientAuth) =>
    openid.discovery(new URL(harness.url), id, { id_token_signed_response_alg: alg }, authentication, {
      execute: [openid.allowInsecureRequests],
    });

  it.each([
    ['basic', 'RS256', openid.ClientSecretBasic(secret)],
    ['post', 'ES256', openid.ClientSecretPost(secret)],
    ['public', 'RS256', openid.None()],
  ] as const)('%s: code with PKCE, UserInfo, refresh, logout', async (id, alg, authentication) => {
    const config = await discover(id, alg, authentication);
    const verifier = openid.randomPKCECodeVerifier();
    const [state, nonce] = [openid.randomState(), openid.randomNonce()];
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid email profile',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const browser = newBrowser();
    const answer = await authorizeThroughPages(browser, url, person);
    const tokens = await openid.authorizationCodeGrant(config, answer.url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const sub = tokens.claims()?.sub ?? '';
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub, email: person.email });
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.claims()?.sub).toBe(sub);

    const logout = openid.buildEndSessionUrl(config, {
      post_logout_redirect_uri: afterwards,
      id_token_hint: renewed.id_token ?? '',
      state: 'back again',
    });
    const left = await browser.open(logout);
    expect(left.url.href).toBe(`${afterwards}?state=back+again`);
    const again = await browser.open(url);
    expect(again.url.pathname).toBe('/sign-in');
  });

  it('the form_post mode', async () => {
    const config = await discover('basic', 'RS256', openid.ClientSecretBasic(secret));
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid',
      response_mode: 'form_post',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
    });
    const page = await authorizeThroughPages(newBrowser(), url, person);
    const [form] = formsOf(page.html);
    const posted = new Request(form?.action ?? '', {
      method: 'POST',
      body: new URLSearchParams(Object.fromEntries(form?.fields ?? [])),
    });
    const checks = { pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(config, posted, checks);
    expect(tokens.claims()).not.toHaveProperty('nonce');
  });

  it('client credentials, introspection', async () => {
    const config = await discover('machine', 'RS256', openid.ClientSecretBasic(secret));
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'stock:read' });
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'stock:read' });
    const seen = await openid.tokenIntrospection(config, tokens.access_token);
    expect(seen).toMatchObject({ active: true, client_id: 'machine', sub: 'machine', scope: 'stock:read' });
  });
});

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true } as const;

  async function server(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(harness.url);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  }

  it('code with PKCE, UserInfo, refresh, introspection, revocation', async () => {
    const as = await server();
    const client: oauth.Client = { client_id: 'basic' };
    const authentication = oauth.ClientSecretBasic(secret);
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(as.authorization_endpoint ?? '');
    const parameters = {
      client_id: 'basic',
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid email offline_access',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    };
    url.search = new URLSearchParams(parameters).toString();
    const { url: answer } = await authorizeThroughPages(newBrowser(), url, person);
    const valid = oauth.validateAuthResponse(as, client, answer, state);
    const exchanged = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      valid,
      callback,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, exchanged, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, insecure);
    expect(await oauth.processUserInfoResponse(as, client, claims?.sub ?? '', userinfo)).toMatchObject({
      email: person.email,
    });

    const renewed = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token ?? '', insecure),
    );
    const introspect = async (token: string) =>
      oauth.processIntrospectionResponse(
        as,
        client,
        await oauth.introspectionRequest(as, client, authentication, token, insecure),
      );
    expect(await introspect(renewed.access_token)).toMatchObject({ active: true, sub: claims?.sub });
    expect(await introspect(renewed.refresh_token ?? '')).toMatchObject({ active: true });

    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, authentication, renewed.refresh_token ?? '', insecure),
    );
    expect(await introspect(renewed.access_token)).toEqual({ active: false });
    expect(await introspect(renewed.refresh_token ?? '')).toEqual({ active: false });
  });
});

describe('OP4: a client that is exempted from PKCE by name', () => {
  const ask = async (extra: Readonly<Record<string, string>>) => {
    const url = new URL('/oauth2/authorize', harness.url);
    const parameters = {
      client_id: 'exempt',
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid',
      ...extra,
    };
    url.search = new URLSearchParams(parameters).toString();
    return (await authorizeThroughPages(newBrowser(), url, person)).url.searchParams.get('code') ?? '';
  };
  const exchange = async (code: string, extra: Readonly<Record<string, string>>) => {
    const response = await fetch(`${harness.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`exempt:${encodeURIComponent(secret)}`)}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback, ...extra }),
    });
    return { status: response.status, json: await response.json() };
  };

  it('gets its tokens without', async () => {
    expect((await exchange(await ask({}), {})).status).toBe(200);
  });

  it('a verifier where there was no challenge: invalid_grant', async () => {
    const refused = await exchange(await ask({}), { code_verifier: 'v'.repeat(43) });
    expect(refused.json.error).toBe('invalid_grant');
  });

  it('no verifier where there was a challenge: invalid_grant', async () => {
    const challenge = await openid.calculatePKCECodeChallenge('v'.repeat(43));
    const code = await ask({ code_challenge: challenge, code_challenge_method: 'S256' });
    expect((await exchange(code, {})).json.error).toBe('invalid_grant');
  });
});
