import { decodeJwt, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { devKeyPair } from './support/client-keys.ts';
import { askToken } from './support/client-requests.ts';
import { cloudNow } from './support/cloud-desk.ts';
import { application } from './support/openid-client.ts';
import { relyingParty } from './support/relying-party.ts';
import { originOf } from './support/visitor.ts';

const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe.each(['northwind', 'solmar'] as const)('private_key_jwt at %s', (brand) => {
  const origin = originOf(brand);
  const visitor = checkedVisitor(brand);
  const id = `${brand}-partners`;
  const pair = devKeyPair(id);
  const kid = pair.publicKey.kid;

  async function assertion(claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const now = Math.floor((await cloudNow(brand)) / 1000);
    const said = { iss: id, sub: id, aud: origin, iat: now, exp: now + 60, jti: crypto.randomUUID(), ...claims };
    return new SignJWT(said).setProtectedHeader({ alg: 'ES256', kid }).sign(await pair.privateKey());
  }
  const form = (client_assertion: string) => ({
    grant_type: 'client_credentials',
    client_assertion_type: type,
    client_assertion,
  });

  it('OP14: openid-client gets a token by its key', async () => {
    const authentication = oidc.PrivateKeyJwt({ key: await pair.privateKey(), kid });
    const config = await application(brand, id, authentication);
    expect(config.serverMetadata().token_endpoint_auth_signing_alg_values_supported).toContain('ES256');
    const tokens = await oidc.clientCredentialsGrant(config);
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: id, client_id: id });
  });

  it('OP14: oauth4webapi introspects and revokes by its key', async () => {
    const { as, client, insecure } = await relyingParty(brand, id);
    const authentication = oauth.PrivateKeyJwt({ key: await pair.privateKey(), kid });
    const granted = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      authentication,
      new URLSearchParams(),
      insecure,
    );
    const { access_token } = await oauth.processClientCredentialsResponse(as, client, granted);
    const asked = await oauth.introspectionRequest(as, client, authentication, access_token, insecure);
    const said = await oauth.processIntrospectionResponse(as, client, asked);
    expect(said).toMatchObject({ active: true, client_id: id, token_type: 'Bearer' });
    const revoked = await oauth.revocationRequest(as, client, authentication, 'lkr_unknown', insecure);
    expect(await oauth.processRevocationResponse(revoked)).toBeUndefined();
    // Its own token no session carries (RFC 7009 section 2.2.1).
    const kept = await oauth.revocationRequest(as, client, authentication, access_token, insecure);
    const refused = { name: 'ResponseBodyError', error: 'unsupported_token_type' };
    await expect(oauth.processRevocationResponse(kept)).rejects.toMatchObject(refused);
  });

  it('OP14: it pushes requests by its key, whichever of its names it calls the server by', async () => {
    const request = {
      response_type: 'code',
      redirect_uri: 'http://localhost:3000/callback',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    };
    for (const aud of [origin, `${origin}/oauth2/token`, `${origin}/oauth2/par`]) {
      const named = { client_assertion_type: type, client_assertion: await assertion({ aud }) };
      const { status } = await visitor.ask('POST', '/oauth2/par', { form: { ...request, ...named } });
      expect(status, aud).toBe(201);
    }
  });

  it('OP14: an assertion counts once, at whatever endpoint', async () => {
    const text = await assertion();
    expect((await askToken(visitor, form(text))).status).toBe(200);
    const again = await askToken(visitor, form(text));
    expect([again.status, again.json.error]).toEqual([401, 'invalid_client']);
    const elsewhere = { token: 'x', client_assertion_type: type, client_assertion: text };
    expect((await visitor.ask('POST', '/oauth2/introspect', { form: elsewhere })).status).toBe(401);
  });

  it('OP14: of ten at once, one gets in', async () => {
    const text = await assertion();
    const answers = await Promise.all(Array.from({ length: 10 }, () => askToken(checkedVisitor(brand), form(text))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(401)]);
  });

  it('OP14: audience, times and jti are held to, and no refusal says which of them was wrong', async () => {
    const now = Math.floor((await cloudNow(brand)) / 1000);
    const wrong = [
      { aud: 'https://evil.example' },
      { aud: [origin, 'https://evil.example'] },
      { aud: `${origin}/oauth2/userinfo` },
      { exp: undefined },
      { exp: now - 1 },
      { exp: now + 3600 },
      { jti: undefined },
      { iss: `${brand}-backend` },
    ];
    const answers = await Promise.all(
      wrong.map(async (claims) => askToken(checkedVisitor(brand), form(await assertion(claims)))),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect([answers[0]?.status, answers[0]?.json.error]).toEqual([401, 'invalid_client']);
  });

  it('OP14: two ways at once are invalid_request, another way is invalid_client', async () => {
    const text = await assertion();
    const both = await askToken(visitor, { ...form(text), client_secret: 'x' });
    expect([both.status, both.json.error]).toEqual([400, 'invalid_request']);
    const others: readonly Readonly<Record<string, string>>[] = [{}, { client_secret: 'x' }];
    for (const secret of others) {
      const answer = await askToken(visitor, { grant_type: 'client_credentials', client_id: id, ...secret });
      expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client']);
    }
  });

  it('RL4: failures are counted by network', async () => {
    const guesser = checkedVisitor(brand);
    const { max } = facts[brand].limits.clientSecretsPerIp;
    const text = await assertion({ aud: 'https://evil.example' });
    const answers = await Promise.all(Array.from({ length: max + 5 }, () => askToken(guesser, form(text))));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });
});
