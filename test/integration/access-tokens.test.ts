import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import { verifyAccessToken } from '../../lambdas/shared/oidc/access-token.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { isTaken } from './support/client-requests.ts';
import { advance } from './support/cloud-desk.ts';
import { forgeries } from './support/forged-tokens.ts';
import { type Member, refresh, signIn, signUp, type Tokens } from './support/journeys.ts';
import { acceptAtApi, audiences, verifyWithJose } from './support/relying-party.ts';
import { originOf } from './support/visitor.ts';

describe.each(['northwind', 'solmar'] as const)('access tokens at %s', (brand) => {
  let member: Member;
  let tokens: Tokens;
  beforeAll(async () => {
    member = await signUp(checkedVisitor(brand));
    tokens = (await signIn(member.visitor, member.email, member.password)).json;
  });

  it('TK4: RFC 9068 in header and claims; API and jose take it without a word of ours', async () => {
    expect(decodeProtectedHeader(tokens.access_token)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: expect.any(String),
    });
    const claims = await acceptAtApi(brand, tokens.access_token);
    expect(claims).toEqual({
      iss: originOf(brand),
      sub: member.sub,
      aud: [audiences[brand], originOf(brand)],
      client_id: `${brand}-web`,
      scope: tokens.scope,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: Number(claims.iat) + tokens.expires_in,
      auth_time: expect.any(Number),
      acr: 'aal1',
      amr: ['pwd'],
      sid: expect.stringMatching(/^ses_/),
    });
    expect(await verifyWithJose(brand, tokens.access_token, audiences[brand])).toEqual(claims);
  });

  it('TK3: the ID token verifies for its client and opens nothing', async () => {
    const claims = await verifyWithJose(brand, tokens.id_token, `${brand}-web`);
    expect(claims).toMatchObject({ sub: member.sub, acr: 'aal1', amr: ['pwd'] });
    expect(JSON.stringify(claims)).not.toContain(member.email);
    await expect(verifyWithJose(brand, tokens.id_token, audiences[brand])).rejects.toThrow('aud');
    await expect(acceptAtApi(brand, tokens.id_token)).rejects.toThrow();
    expect(await isTaken(member.visitor, tokens.id_token)).toBe(false);
    expect(await isTaken(member.visitor, tokens.refresh_token)).toBe(false);
  });

  it('TK3: each token has an id of its own', async () => {
    const next = (await refresh(member.visitor, tokens.refresh_token)).json;
    expect(decodeJwt(next.access_token).jti).not.toBe(decodeJwt(tokens.access_token).jti);
    tokens = next;
  });

  it('TK1, TK2: no forgery is taken, each is a plain 401, and no URL of the header is called', async () => {
    let called = 0;
    const listener = createServer((_, response) => {
      called++;
      response.end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const { keys } = (await member.visitor.get('/.well-known/jwks.json')).json;
    const forged = forgeries(tokens.access_token, keys, `http://127.0.0.1:${port}`);
    for (const [name, token] of Object.entries(forged)) {
      for (const path of ['/oauth2/userinfo', '/v1/account']) {
        const answer = await member.visitor.get(path, { token });
        expect([name, answer.status, answer.json?.code]).toEqual([name, 401, 'token_invalid']);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api", error="invalid_token"');
      }
    }
    listener.close();
    expect(called).toBe(0);
    expect(await isTaken(member.visitor, tokens.access_token)).toBe(true);
  });

  it('TK4: a token of the other brand is nothing here, nor in the other’s eyes at an API', async () => {
    const other = brand === 'northwind' ? 'solmar' : 'northwind';
    expect(await isTaken(checkedVisitor(other), tokens.access_token)).toBe(false);
    await expect(acceptAtApi(other, tokens.access_token)).rejects.toThrow();
  });

  it('TK4: it dies at its expiry by the server’s clock', async () => {
    const fresh = (await signIn(member.visitor, member.email, member.password)).json;
    await advance(brand, fresh.expires_in - 5);
    expect(await isTaken(member.visitor, fresh.access_token)).toBe(true);
    await advance(brand, 6);
    expect(await isTaken(member.visitor, fresh.access_token)).toBe(false);
    // oauth4webapi allows for half a minute of skew.
    await advance(brand, 30);
    await expect(acceptAtApi(brand, fresh.access_token)).rejects.toThrow();
    expect((await refresh(member.visitor, fresh.refresh_token)).status).toBe(200);
  });
});

describe('TK4: claims that a genuine key signed', () => {
  const issuer = 'https://id.example';
  const now = 1_700_000_000;
  const good = {
    iss: issuer,
    aud: ['https://api.example', issuer],
    sub: `usr_${'A'.repeat(22)}`,
    sid: `ses_${'0'.repeat(36)}`,
    client_id: 'web',
    scope: 'openid',
    auth_time: now,
    iat: now,
    exp: now + 300,
  };

  async function verdict(change: Readonly<Record<string, unknown>>, header: Readonly<Record<string, unknown>> = {}) {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const claims = Object.fromEntries(
      Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined),
    );
    const protectedHeader = { alg: 'ES256', kid: 'k', typ: 'at+jwt', ...header };
    const token = await new SignJWT(claims).setProtectedHeader(protectedHeader).sign(privateKey);
    const keys = async () => ({ jwks: { keys: [] }, find: () => ({ alg: 'ES256', key: publicKey }) });
    try {
      return (await verifyAccessToken(token, issuer, keys, now * 1000)).user;
    } catch (error) {
      return error instanceof Refusal ? error.code : error;
    }
  }

  it('TK4: is taken as it is', async () => {
    expect(await verdict({})).toBe(good.sub);
  });

  it.each([
    ['another audience', { aud: 'https://api.example' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://id.example/' }],
    ['no issuer', { iss: undefined }],
    ['expired', { exp: now }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is text', { exp: '9999999999' }],
    ['not yet valid', { nbf: now + 61 }],
    ['no subject', { sub: undefined }],
    ['a subject that is an array', { sub: [good.sub] }],
    ['a subject that is a client', { sub: 'northwind-backend' }],
    ['no session', { sid: undefined }],
    ['a session that is a key expression', { sid: 'ses_#' }],
    ['no client', { client_id: undefined }],
    ['no scope', { scope: undefined }],
    ['no time of authentication', { auth_time: undefined }],
  ])('TK4: %s is refused', async (_, change) => {
    expect(await verdict(change)).toBe('token_invalid');
  });

  it.each(['JWT', 'logout+jwt', 'dpop+jwt', undefined])('TK3: typ %s is refused', async (typ) => {
    expect(await verdict({}, { typ })).toBe('token_invalid');
  });
});
