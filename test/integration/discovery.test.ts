import * as oauth from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic, revoke } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import { signUp } from './support/journeys.ts';
import { relyingParty } from './support/relying-party.ts';
import { newVisitor } from './support/visitor.ts';

/** Members of RFC 8414 section 2, and of the RFCs that add to it: 8628, 9126, 9207, 9449. */
const ofOAuth = new Set([
  'issuer',
  'jwks_uri',
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'scopes_supported',
  'response_types_supported',
  'response_modes_supported',
  'grant_types_supported',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'ui_locales_supported',
  'revocation_endpoint',
  'revocation_endpoint_auth_methods_supported',
  'revocation_endpoint_auth_signing_alg_values_supported',
  'introspection_endpoint',
  'introspection_endpoint_auth_methods_supported',
  'introspection_endpoint_auth_signing_alg_values_supported',
  'code_challenge_methods_supported',
  'device_authorization_endpoint',
  'pushed_authorization_request_endpoint',
  'require_pushed_authorization_requests',
  'authorization_response_iss_parameter_supported',
  'dpop_signing_alg_values_supported',
]);

const idTokenAlgorithms = { northwind: 'ES256', solmar: 'ES256' } as const;

describe.each(['northwind', 'solmar'] as const)('discovery at %s', (brand) => {
  it('OP12: oauth4webapi finds the server under its own issuer', async () => {
    const { as } = await relyingParty(brand);
    const visitor = checkedVisitor(brand);
    expect(as.issuer).toBe(visitor.origin);
    const answer = await visitor.get('/.well-known/openid-configuration');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('OP12: a client of OAuth alone finds the same server, and nothing of OpenID Connect (RFC 8414)', async () => {
    const { as, insecure } = await relyingParty(brand);
    const visitor = checkedVisitor(brand);
    const issuer = new URL(visitor.origin);
    const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const found = await oauth.processDiscoveryResponse(issuer, response);
    const whole = Object.entries(as).filter(([name]) => ofOAuth.has(name));
    expect(found).toEqual(Object.fromEntries(whole));
    expect(found).toMatchObject({ issuer: as.issuer, token_endpoint: as.token_endpoint, jwks_uri: as.jwks_uri });
    const answer = await visitor.get('/.well-known/oauth-authorization-server');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('OP12: each endpoint that is advertised answers, each of them on the issuer', async () => {
    const { as } = await relyingParty(brand);
    const endpoints = Object.entries(as).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'jwks_uri',
        'authorization_endpoint',
        'pushed_authorization_request_endpoint',
        'token_endpoint',
        'introspection_endpoint',
        'revocation_endpoint',
        'userinfo_endpoint',
        'end_session_endpoint',
      ]),
    );
    for (const [name, url] of endpoints) {
      expect(String(url).startsWith(`${as.issuer}/`), name).toBe(true);
      const statuses = await Promise.all(
        ['GET', 'POST'].map(async (method) => (await fetch(String(url), { method, redirect: 'manual' })).status),
      );
      expect(
        statuses.some((status) => ![404, 405, 500].includes(status)),
        name,
      ).toBe(true);
    }
  });

  it('OP12: each grant and each authentication method that is advertised works, and no other', async () => {
    const { as } = await relyingParty(brand);
    const { clients } = facts[brand];
    const sorted = (values: readonly string[]) => [...new Set(values)].toSorted();
    expect(sorted(as.grant_types_supported ?? [])).toEqual(sorted(clients.flatMap(({ grants }) => grants)));
    expect(sorted(as.token_endpoint_auth_methods_supported ?? [])).toEqual(
      sorted(clients.map(({ authentication }) => authentication)),
    );
    const visitor = checkedVisitor(brand);
    const known = [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'implicit',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'urn:ietf:params:oauth:grant-type:saml2-bearer',
      'urn:openid:params:grant-type:ciba',
    ];
    for (const grant_type of known) {
      const { json } = await askToken(visitor, { grant_type, client_id: visitor.client });
      const unsupported = json.error === 'unsupported_grant_type';
      expect(unsupported, grant_type).toBe(!as.grant_types_supported?.includes(grant_type));
    }
  });

  it('OP12: what the protocol parts promise is what they hold', async () => {
    const { as } = await relyingParty(brand);
    const algs = ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'];
    expect(as).toMatchObject({
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login', 'consent', 'create', 'select_account'],
      authorization_response_iss_parameter_supported: true,
      require_pushed_authorization_requests: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      dpop_signing_alg_values_supported: algs,
      token_endpoint_auth_signing_alg_values_supported: algs,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
    expect(as.introspection_endpoint_auth_methods_supported).not.toContain('none');
  });

  it('OP12: each scope can be had by some client, each claim is in a token or in userinfo', async () => {
    const { as } = await relyingParty(brand);
    const profile = {
      name: 'A B',
      given_name: 'A',
      family_name: 'B',
      nickname: 'ab',
      birthdate: '1980-01-01',
      zoneinfo: 'UTC',
      ...(as.scopes_supported?.includes('address') && { address: { locality: 'Lisboa' } }),
    };
    const visitor = checkedVisitor(brand, `${brand}-mobile`);
    const { tokens } = await signUp(visitor, { profile });
    const backend = `${brand}-backend`;
    const machine = await askToken(
      visitor,
      { grant_type: 'client_credentials' },
      basic(backend, await secretOf(brand, backend)),
    );
    const had = new Set(`${tokens.scope} ${machine.json.scope}`.split(' '));
    expect([...had].toSorted()).toEqual(as.scopes_supported?.toSorted());

    const idToken = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString());
    const { json: userinfo } = await visitor.get('/oauth2/userinfo', { token: tokens.access_token });
    // A number comes by a text, and is in UserInfo once it is proven.
    const phone = as.scopes_supported?.includes('phone') ? ['phone_number', 'phone_number_verified'] : [];
    const claims = new Set([...Object.keys(idToken), ...Object.keys(userinfo), ...phone]);
    expect([...claims].toSorted()).toEqual((as.claims_supported as string[]).toSorted());
    expect((as.acr_values_supported as string[]) ?? []).toContain(idToken.acr);
    const header = JSON.parse(Buffer.from(tokens.id_token.split('.')[0] ?? '', 'base64url').toString());
    expect(header.alg).toBe(idTokenAlgorithms[brand]);
    expect(as.id_token_signing_alg_values_supported).toContain(header.alg);
    expect((await revoke(visitor, tokens.refresh_token)).status).toBe(200);
  });

  it('OP12: what is not advertised is not there', async () => {
    const visitor = newVisitor(brand);
    const { text } = await visitor.get('/.well-known/openid-configuration');
    const candidates = ['/oauth2/register', '/connect/register', '/oauth2/bc-authorize', '/oauth2/checksession'];
    for (const path of candidates.filter((each) => !text.includes(`"${visitor.origin}${each}"`))) {
      const [get, post] = [
        await visitor.get(path),
        await visitor.ask('POST', path, { form: { client_id: visitor.client } }),
      ];
      expect([get.status, post.status], path).toEqual([404, 404]);
    }
  });

  it('VC8: the issuer comes from configuration, whatever Host or Forwarded say', async () => {
    const visitor = checkedVisitor(brand);
    const headers = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'ftp' };
    const { json, text } = await visitor.get('/.well-known/openid-configuration', { headers });
    expect(json.issuer).toBe(visitor.origin);
    expect(text).not.toContain('evil');
  });
});
