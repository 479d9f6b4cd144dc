import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic, isTaken } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import { callsBehind } from './support/faults.ts';
import { acceptAtApi, audiences, relyingParty } from './support/relying-party.ts';

const scopes = { northwind: ['orders:read', 'orders:write'], solmar: ['trips:read', 'trips:write'] } as const;

describe.each(['northwind', 'solmar'] as const)('client credentials at %s', (brand) => {
  const visitor = checkedVisitor(brand);
  const backend = `${brand}-backend`;
  const [read, write] = scopes[brand];

  async function ask(form: Readonly<Record<string, string>> = {}) {
    const headers = basic(backend, await secretOf(brand, backend));
    return askToken(visitor, { grant_type: 'client_credentials', ...form }, headers);
  }

  it('OP8: the token speaks for the client alone, is short-lived and never cached', async () => {
    const { status, headers, json } = await ask();
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      scope: `${read} ${write}`,
    });
    const claims = decodeJwt(json.access_token);
    expect(claims).toMatchObject({ sub: backend, client_id: backend, aud: audiences[brand], iss: visitor.origin });
    expect(claims).not.toHaveProperty('sid');
    expect(Number(claims.exp) - Number(claims.iat)).toBe(json.expires_in);
    expect(json.expires_in).toBeLessThanOrEqual(3600);
  });

  it('OP6: a narrower scope is given, a wider or a personal one refused', async () => {
    expect((await ask({ scope: read })).json.scope).toBe(read);
    expect((await ask({ scope: `${write}  ${write} ${read}` })).json.scope).toBe(`${write} ${read}`);
    for (const scope of ['openid', 'admin', `${read} profile`, 'offline_access']) {
      const { status, json } = await ask({ scope });
      expect([status, json.error]).toEqual([400, 'invalid_scope']);
    }
  });

  it('TK3: it opens nothing that is a person’s', async () => {
    expect(await isTaken(visitor, (await ask()).json.access_token)).toBe(false);
  });

  it('TK4: oauth4webapi gets one, and an API takes it', async () => {
    const { as, client, insecure } = await relyingParty(brand, backend);
    const proof = oauth.ClientSecretBasic(await secretOf(brand, backend));
    const response = await oauth.clientCredentialsGrantRequest(as, client, proof, { scope: read }, insecure);
    const { access_token } = await oauth.processClientCredentialsResponse(as, client, response);
    const claims = await acceptAtApi(brand, access_token);
    expect(claims).toMatchObject({ sub: backend, client_id: backend, scope: read });
  });

  it('OP8: once warm, it costs no call to any store', async () => {
    await ask();
    const counts = await Promise.all(
      [ask(), ask()].map(async (answer) => (await callsBehind(brand, await answer)).length),
    );
    expect(Math.min(...counts)).toBe(0);
  });

  it('OP6: a grant that does not exist is unsupported, one that the client lacks is unauthorized', async () => {
    const headers = basic(backend, await secretOf(brand, backend));
    const password = { grant_type: 'password', username: 'a@example.com', password: 'x' };
    const unsupported: readonly Readonly<Record<string, string>>[] = [
      password,
      { grant_type: 'implicit' },
      { grant_type: 'Client_Credentials' },
    ];
    for (const form of unsupported) {
      const { status, json } = await askToken(visitor, form, headers);
      expect([status, json.error]).toEqual([400, 'unsupported_grant_type']);
    }
    const foreign = await askToken(visitor, { grant_type: 'authorization_code', code: 'x' }, headers);
    expect([foreign.status, foreign.json.error]).toEqual([400, 'unauthorized_client']);
    const publicClient = await askToken(visitor, { ...password, client_id: visitor.client });
    expect(publicClient.json.error).toBe('unsupported_grant_type');
    const lacking = [
      await askToken(visitor, { grant_type: 'client_credentials', client_id: visitor.client }),
      await askToken(visitor, { grant_type: 'refresh_token', refresh_token: 'x' }, headers),
    ];
    expect(lacking.map(({ json }) => json.error)).toEqual(['unauthorized_client', 'unauthorized_client']);
  });
});
