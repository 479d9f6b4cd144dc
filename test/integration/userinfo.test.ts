import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { type Member, refresh, signIn, signUp } from './support/journeys.ts';
import { relyingParty } from './support/relying-party.ts';
import type { Asked } from './support/visitor.ts';

const profile = {
  name: 'Ana Ní Bhriain',
  given_name: 'Ana',
  family_name: 'Ní Bhriain',
  nickname: 'ana',
  birthdate: '1990-02-28',
  zoneinfo: 'Europe/Lisbon',
};

describe.each(['northwind', 'solmar'] as const)('userinfo at %s', (brand) => {
  let member: Member;
  beforeAll(async () => {
    member = await signUp(checkedVisitor(brand), { profile });
  });

  async function tokenFor(scope: string): Promise<string> {
    return (await signIn(member.visitor, member.email, member.password, { scope })).json.access_token;
  }

  it('OP13: by GET and by POST, each scope opens its claims and no others', async () => {
    const email = { email: member.email, email_verified: true };
    const person = { ...profile, locale: expect.any(String), updated_at: expect.any(Number) };
    const expected = {
      openid: {},
      'openid email': email,
      'openid profile': person,
      'openid profile email': { ...email, ...person },
    };
    for (const [scope, claims] of Object.entries(expected)) {
      const token = await tokenFor(scope);
      for (const method of ['GET', 'POST']) {
        const { status, headers, json } = await member.visitor.ask(method, '/oauth2/userinfo', { token });
        expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(json).toEqual({ sub: member.sub, ...claims });
      }
    }
  });

  it('OP13: sub is the one of the ID token', async () => {
    const { access_token, id_token } = (await refresh(member.visitor, member.tokens.refresh_token)).json;
    const { json } = await member.visitor.get('/oauth2/userinfo', { token: access_token });
    expect([json.sub, decodeJwt(access_token).sub]).toEqual([decodeJwt(id_token).sub, decodeJwt(id_token).sub]);
  });

  it('OP13: a token without the openid scope is forbidden, and the challenge names what lacks', async () => {
    const answer = await member.visitor.get('/oauth2/userinfo', { token: await tokenFor('email profile') });
    expect([answer.status, answer.json.code]).toEqual([403, 'scope_insufficient']);
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="openid"',
    );
  });

  it('OP13: a token in a form is taken (RFC 6750 2.2), one in the query is none', async () => {
    const access_token = await tokenFor('openid');
    const post = (path: string, asked: Asked) => member.visitor.ask('POST', path, asked);
    const inForm = await post('/oauth2/userinfo', { form: { access_token } });
    expect([inForm.status, inForm.json]).toEqual([200, { sub: member.sub }]);
    const inQuery = await member.visitor.get(`/oauth2/userinfo?access_token=${access_token}`);
    expect(inQuery.status).toBe(401);
    expect(inQuery.headers.get('www-authenticate')).toBe('Bearer realm="api"');
    const refused: readonly (readonly [string, Asked, number])[] = [
      [`/oauth2/userinfo?access_token=${access_token}`, {}, 401],
      ['/oauth2/userinfo', { json: { access_token } }, 401],
      ['/oauth2/userinfo', { form: { access_token: 'x' } }, 401],
      ['/oauth2/userinfo', { form: { access_token: '' } }, 401],
      ['/oauth2/userinfo', { form: { access_token }, token: access_token }, 400],
    ];
    for (const [path, asked, status] of refused) expect((await post(path, asked)).status).toBe(status);
    const empty = await post('/oauth2/userinfo', { form: { access_token: '' }, token: access_token });
    expect(empty.status).toBe(200);
    const elsewhere = await member.visitor.ask('PATCH', '/v1/account', { form: { access_token } });
    expect(elsewhere.status).toBe(401);
  });

  it('OP13: what is changed in the account shows at once', async () => {
    const token = await tokenFor('openid profile');
    const json = { profile: { nickname: null, name: 'Ana B.' } };
    await member.visitor.ask('PATCH', '/v1/account', { token, json });
    const claims = (await member.visitor.get('/oauth2/userinfo', { token })).json;
    expect(claims.name).toBe('Ana B.');
    expect(claims).not.toHaveProperty('nickname');
  });

  it('OP13: oauth4webapi reads it', async () => {
    const { as, client, insecure } = await relyingParty(brand);
    const response = await oauth.userInfoRequest(as, client, await tokenFor('openid email'), insecure);
    const claims = await oauth.processUserInfoResponse(as, client, member.sub, response);
    expect(claims).toEqual({ sub: member.sub, email: member.email, email_verified: true });
  });
});
