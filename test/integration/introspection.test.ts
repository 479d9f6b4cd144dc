import { beforeAll, describe, expect, it } from 'vitest';
import { askToken, basic, revoke } from './support/client-requests.ts';
import { advance, secretOf } from './support/cloud-desk.ts';
import { disableAccount } from './support/disable-account.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { newVisitor, type Visitor } from './support/visitor.ts';

const brand = 'northwind';

describe('INT1: introspection (RFC 7662)', () => {
  let member: Member;
  const visitor: Visitor = newVisitor(brand);
  const by = async (client: string) => basic(client, await secretOf(brand, client));
  const introspect = async (token: string, client = 'northwind-backend') =>
    visitor.ask('POST', '/oauth2/introspect', { form: { token }, headers: await by(client) });
  const signedIn = async ({ visitor: own, email, password }: Member) =>
    (await signIn(own, email, password)).json as Member['tokens'];
  beforeAll(async () => {
    member = await signUp(newVisitor(brand));
  });

  it('INT1: who does not prove to be a client learns nothing', async () => {
    const { access_token: token } = member.tokens;
    const strangers = [
      {},
      basic('northwind-backend', 'wrong'),
      basic('nobody', 'wrong'),
      { authorization: 'Bearer x' },
    ];
    for (const headers of strangers) {
      const answer = await visitor.ask('POST', '/oauth2/introspect', { form: { token }, headers });
      expect([answer.status, answer.json.active]).toEqual([401, undefined]);
      expect(answer.text).not.toContain(member.sub);
    }
  });

  it('INT1, MFA9: a live token says whose it is, for what, and how strong the sign-in was', async () => {
    const { access_token } = await signedIn(member);
    const { status, json, headers } = await introspect(access_token);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      active: true,
      sub: member.sub,
      client_id: 'northwind-web',
      acr: 'aal1',
      amr: ['pwd'],
    });
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('INT1: unknown, foreign, expired, revoked and disabled are one and the same answer', async () => {
    const [old, revoked, ofNobody] = [await signedIn(member), await signedIn(member), await signUp(newVisitor(brand))];
    const machine = await askToken(visitor, { grant_type: 'client_credentials' }, await by('northwind-backend'));
    const mine: string = machine.json.access_token;
    expect((await introspect(mine)).json.active).toBe(true);
    await revoke(member.visitor, revoked.refresh_token);
    await disableAccount(brand, ofNobody.sub);
    const inactive = async (what: string, token: string, client?: string) => {
      const { status, json } = await introspect(token, client);
      expect([what, status, json]).toEqual([what, 200, { active: false }]);
    };
    await inactive('unknown', 'garbage');
    await inactive('three parts of garbage', 'a.b.c');
    await inactive('an ID token', old.id_token);
    await inactive('for another audience', mine, 'northwind-community');
    await inactive('of a session that was revoked', revoked.access_token);
    await inactive('of a disabled person', ofNobody.tokens.access_token);
    await advance(brand, 301);
    await inactive('expired', old.access_token);
  });
});
