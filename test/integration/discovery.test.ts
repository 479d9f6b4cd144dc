import { describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic, revoke } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import { signUp } from './support/journeys.ts';
import { relyingParty } from './support/relying-party.ts';

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

  it('OP12: each endpoint that is advertised answers, each of them on the issuer', async () => {
    const { as } = await relyingParty(brand);
    const endpoints = Object.entries(as).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints.map(([name]) => name).toSorted()).toEqual([
      'jwks_uri',
      'revocation_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
    ]);
    for (const [, url] of endpoints) {
      expect(String(url).startsWith(`${as.issuer}/`)).toBe(true);
      const method = /token|revoke/.test(String(url)) ? 'POST' : 'GET';
      expect([404, 405, 500]).not.toContain((await fetch(String(url), { method })).status);
    }
  });

  it('OP12: each grant and each authentication method that is advertised works, and no other', async () => {
    const { as } = await relyingParty(brand);
    expect(as.grant_types_supported?.toSorted()).toEqual(['client_credentials', 'refresh_token']);
    expect(as.response_types_supported).toEqual([]);
    expect(as.token_endpoint_auth_methods_supported?.toSorted()).toEqual([
      'client_secret_basic',
      'client_secret_post',
      'none',
    ]);
    const visitor = checkedVisitor(brand);
    for (const grant_type of [
      'authorization_code',
      'password',
      'implicit',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]) {
      const { json } = await askToken(visitor, { grant_type, client_id: visitor.client });
      expect(json.error).toBe('unsupported_grant_type');
    }
    const assertion = {
      client_assertion: 'x',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    };
    const { status } = await askToken(visitor, { grant_type: 'client_credentials', ...assertion });
    expect(status).toBe(401);
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
    const claims = new Set([...Object.keys(idToken), ...Object.keys(userinfo)]);
    expect([...claims].toSorted()).toEqual((as.claims_supported as string[]).toSorted());
    expect((as.acr_values_supported as string[]) ?? []).toContain(idToken.acr);
    const header = JSON.parse(Buffer.from(tokens.id_token.split('.')[0] ?? '', 'base64url').toString());
    expect(header.alg).toBe(idTokenAlgorithms[brand]);
    expect(as.id_token_signing_alg_values_supported).toContain(header.alg);
    expect((await revoke(visitor, tokens.refresh_token)).status).toBe(200);
  });

  it('OP12: what is not advertised is not there', async () => {
    const visitor = checkedVisitor(brand);
    for (const path of [
      '/oauth2/authorize',
      '/oauth2/introspect',
      '/oauth2/par',
      '/oauth2/device_authorization',
      '/connect/register',
    ]) {
      const [get, post] = [
        await visitor.get(path),
        await visitor.ask('POST', path, { form: { client_id: visitor.client } }),
      ];
      expect([get.status, post.status]).toEqual([404, 404]);
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
