import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { devKeyPair } from './support/client-keys.ts';
import { basic } from './support/client-requests.ts';
import { cloudNow, secretOf } from './support/cloud-desk.ts';
import { askBound, athOf, type DpopKey, freshNonce, newDpopKey } from './support/dpop.ts';
import { callsBehind } from './support/faults.ts';
import { type Member, refresh, signUp } from './support/journeys.ts';
import { relyingParty } from './support/relying-party.ts';
import { originOf, type Visitor } from './support/visitor.ts';

const routes = [
  ['GET', '/oauth2/userinfo'],
  ['POST', '/oauth2/userinfo'],
  ['GET', '/v1/account'],
  ['GET', '/v1/account/sessions'],
  ['GET', '/v1/consents'],
] as const;

describe.each(['northwind', 'solmar'] as const)('DPoP at %s', (brand) => {
  const origin = originOf(brand);
  let visitor: Visitor;
  let key: DpopKey;
  let other: DpopKey;
  /** Signed in by password; the first refresh with a proof binds the session. */
  let member: Member;
  let token: string;
  let refreshToken: string;

  const refreshForm = (text: string) => ({
    grant_type: 'refresh_token',
    client_id: visitor.client,
    refresh_token: text,
  });

  async function freshlyBound(): Promise<void> {
    member = await signUp(visitor);
    const { status, json, text } = await askBound(visitor, key, refreshForm(member.tokens.refresh_token));
    if (status !== 200) throw new Error(`the refresh answered ${status}: ${text}`);
    token = json.access_token;
    refreshToken = json.refresh_token;
  }

  beforeAll(async () => {
    visitor = checkedVisitor(brand);
    [key, other] = await Promise.all([newDpopKey(brand, origin), newDpopKey(brand, origin)]);
    await freshlyBound();
  });

  const ask = (method: string, path: string, dpop: string | undefined, scheme = 'DPoP') => {
    const headers = { authorization: `${scheme} ${token}`, ...(dpop !== undefined && { dpop }) };
    return visitor.ask(method, path, { headers });
  };

  describe('at the token endpoint', () => {
    it('binds the access token to the key, and says so', async () => {
      expect(decodeJwt(token).cnf).toEqual({ jkt: key.jkt });
      const { status, headers, json } = await askBound(visitor, key, refreshForm(refreshToken));
      expect([status, json.token_type]).toEqual([200, 'DPoP']);
      expect(headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
      [token, refreshToken] = [json.access_token, json.refresh_token];
    });

    it('DPOP1: a proof without our nonce is answered with one', async () => {
      for (const nonce of [undefined, 'mine', 'x'.repeat(43)]) {
        const dpop = await key.proof('POST', '/oauth2/token', { nonce });
        const { status, headers, json } = await visitor.ask('POST', '/oauth2/token', {
          form: refreshForm(refreshToken),
          headers: { dpop },
        });
        expect([status, json.error, headers.get('cache-control')]).toEqual([400, 'use_dpop_nonce', 'no-store']);
        expect(headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
      }
    });

    it('DPOP1: wrong proofs are invalid_dpop_proof and spend nothing', async () => {
      const now = Math.floor((await cloudNow(brand)) / 1000);
      const proof = (claims: Readonly<Record<string, unknown>>, header = {}) =>
        key.proof('POST', '/oauth2/token', claims, header);
      const wrong = [
        'abc',
        await proof({ htm: 'GET' }),
        await proof({ htu: `${origin}/oauth2/userinfo` }),
        await proof({ htu: 'https://evil.example/oauth2/token' }),
        await proof({ iat: now - 120 }),
        await proof({ iat: now + 120 }),
        await proof({ jti: undefined }),
        await proof({}, { typ: 'JWT' }),
      ];
      for (const dpop of wrong) {
        const asked = { form: refreshForm(refreshToken), headers: { dpop } };
        const { status, json } = await visitor.ask('POST', '/oauth2/token', asked);
        expect([status, json.error]).toEqual([400, 'invalid_dpop_proof']);
      }
      const { status, json } = await askBound(visitor, key, refreshForm(refreshToken));
      expect(status).toBe(200);
      [token, refreshToken] = [json.access_token, json.refresh_token];
    });

    it('DPOP1: a public client’s refresh token is worth nothing without its key, and lives on', async () => {
      const bare = await refresh(visitor, refreshToken);
      expect([bare.status, bare.json.error]).toEqual([400, 'invalid_grant']);
      const theirs = await askBound(visitor, other, refreshForm(refreshToken));
      expect([theirs.status, theirs.json.error]).toEqual([400, 'invalid_grant']);
      const { status, json } = await askBound(visitor, key, refreshForm(refreshToken));
      expect(status).toBe(200);
      [token, refreshToken] = [json.access_token, json.refresh_token];
    });

    it('DPOP1: of ten requests with one proof, at most one gets tokens', async () => {
      const { tokens } = await signUp(checkedVisitor(brand));
      const dpop = await other.proof('POST', '/oauth2/token', { nonce: await freshNonce(visitor, other) });
      const asked = { form: refreshForm(tokens.refresh_token), headers: { dpop } };
      const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.ask('POST', '/oauth2/token', asked)));
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      expect(new Set(answers.flatMap(({ status, json }) => (status === 200 ? [] : [json.error])))).toEqual(
        new Set(['invalid_dpop_proof']),
      );
    });

    it('a client that wants all of its tokens bound gets none without a proof', async () => {
      const form = { grant_type: 'refresh_token', client_id: `${brand}-wallet`, refresh_token: 'lkr_x' };
      const { status, json } = await visitor.ask('POST', '/oauth2/token', { form });
      expect([status, json.error]).toEqual([400, 'invalid_dpop_proof']);
    });

    it('client credentials are bound too, and introspection shows the key (oauth4webapi)', async () => {
      const id = `${brand}-partners`;
      const { as, client, insecure } = await relyingParty(brand, id);
      const pair = devKeyPair(id);
      const authentication = oauth.PrivateKeyJwt({ key: await pair.privateKey(), kid: 'dev' });
      const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
      const request = () =>
        oauth.clientCredentialsGrantRequest(as, client, authentication, new URLSearchParams(), { ...insecure, DPoP });
      const issue = async () => oauth.processClientCredentialsResponse(as, client, await request());
      const tokens = await issue().catch((error) => {
        if (!oauth.isDPoPNonceError(error)) throw error;
        return issue();
      });
      expect(tokens.token_type).toBe('dpop');

      const backend = `${brand}-backend`;
      const headers = basic(backend, await secretOf(brand, backend));
      const said = await visitor.ask('POST', '/oauth2/introspect', { form: { token: tokens.access_token }, headers });
      expect(said.json).toMatchObject({
        active: true,
        token_type: 'DPoP',
        cnf: { jkt: await DPoP.calculateThumbprint() },
      });
    });

    it('a proof costs one write beside the rotation, and nothing where there is none', async () => {
      const answer = await askBound(visitor, key, refreshForm(refreshToken));
      [token, refreshToken] = [answer.json.access_token, answer.json.refresh_token];
      const items = (await callsBehind(brand, answer)).flatMap((call) => call.items.map((item) => item.split('#')[0]));
      expect(items.toSorted()).toEqual(['GRANT', 'JTI', 'USER']);

      const { tokens } = await signUp(checkedVisitor(brand));
      const plain = await callsBehind(brand, await refresh(visitor, tokens.refresh_token));
      expect(plain.flatMap((call) => call.items.map((item) => item.split('#')[0])).toSorted()).toEqual([
        'GRANT',
        'USER',
      ]);
    });
  });

  describe('at the own API', () => {
    it.each(routes)('%s %s takes the token with a proof, once', async (method, path) => {
      const dpop = await key.proof(method, path, { ath: athOf(token) });
      expect((await ask(method, path, dpop)).status).toBe(200);
      const again = await ask(method, path, dpop);
      expect([again.status, again.json.code]).toEqual([401, 'dpop_proof_invalid']);
    });

    it.each(routes)(
      'DPOP1: %s %s refuses the token as a bearer token, with and without a proof',
      async (method, path) => {
        for (const dpop of [undefined, await key.proof(method, path, { ath: athOf(token) })]) {
          const { status, json } = await ask(method, path, dpop, 'Bearer');
          expect([status, json.code]).toEqual([401, 'token_invalid']);
        }
      },
    );

    it.each(routes)('DPOP1: %s %s refuses a bearer token under DPoP', async (method, path) => {
      const { tokens } = await signUp(checkedVisitor(brand));
      const dpop = await key.proof(method, path, { ath: athOf(tokens.access_token) });
      const headers = { authorization: `DPoP ${tokens.access_token}`, dpop };
      const { status, json } = await visitor.ask(method, path, { headers });
      expect([status, json.code]).toEqual([401, 'token_invalid']);
    });

    it('DPOP1: wrong proofs are refused, and the challenge says how to do better', async () => {
      const path = '/oauth2/userinfo';
      const ath = athOf(token);
      const now = Math.floor((await cloudNow(brand)) / 1000);
      const proof = (claims: Readonly<Record<string, unknown>>, header = {}) =>
        key.proof('GET', path, { ath, ...claims }, header);
      const wrong: Readonly<Record<string, string | undefined>> = {
        'no proof': undefined,
        'another key': await other.proof('GET', path, { ath }),
        'no ath': await proof({ ath: undefined }),
        'ath of another token': await proof({ ath: athOf('other') }),
        'another method': await proof({ htm: 'POST' }),
        'another path': await proof({ htu: `${origin}/v1/account` }),
        'another host': await proof({ htu: `https://evil.example${path}` }),
        'a query': await proof({ htu: `${origin}${path}?x` }),
        'too old': await proof({ iat: now - 120 }),
        'too young': await proof({ iat: now + 120 }),
        'no jti': await proof({ jti: undefined }),
        'another type': await proof({}, { typ: 'JWT' }),
        'two proofs': `${await proof({})}, ${await proof({})}`,
      };
      for (const [name, dpop] of Object.entries(wrong)) {
        const { status, headers, json } = await ask('GET', path, dpop);
        expect([status, json.code], name).toEqual([401, 'dpop_proof_invalid']);
        expect(headers.get('www-authenticate'), name).toMatch(/^DPoP .*error="invalid_dpop_proof".*algs="ES256 /);
      }
    });

    it('oauth4webapi uses it as any protected resource', async () => {
      const fresh = checkedVisitor(brand);
      const { tokens, sub, email } = await signUp(fresh);
      const { as, client, insecure } = await relyingParty(brand);
      const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
      const request = () =>
        oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token, { ...insecure, DPoP });
      const issue = async () => oauth.processRefreshTokenResponse(as, client, await request());
      const bound = await issue().catch((error) => {
        if (!oauth.isDPoPNonceError(error)) throw error;
        return issue();
      });
      const answer = await oauth.userInfoRequest(as, client, bound.access_token, { ...insecure, DPoP });
      expect(await oauth.processUserInfoResponse(as, client, sub, answer)).toMatchObject({ sub, email });
    });

    it('scripts of the brand may read the nonce', async () => {
      const { headers } = await visitor.ask('POST', '/oauth2/token', {
        form: refreshForm('lkr_x'),
        headers: { origin: 'http://localhost:3000', dpop: await key.proof('POST', '/oauth2/token') },
      });
      expect(headers.get('access-control-expose-headers')).toContain('dpop-nonce');
    });
  });
});
