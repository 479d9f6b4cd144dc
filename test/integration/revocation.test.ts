import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic, isTaken, revoke } from './support/client-requests.ts';
import { awaitEvent, secretOf } from './support/cloud-desk.ts';
import { type Member, refresh, signIn, signUp, type Tokens } from './support/journeys.ts';
import { relyingParty } from './support/relying-party.ts';

describe.each(['northwind', 'solmar'] as const)('revocation at %s', (brand) => {
  let member: Member;
  beforeAll(async () => {
    member = await signUp(checkedVisitor(brand));
  });

  async function session(): Promise<Tokens> {
    return (await signIn(member.visitor, member.email, member.password)).json;
  }
  async function expectAlive({ access_token, refresh_token }: Tokens) {
    expect(await isTaken(member.visitor, access_token)).toBe(true);
    expect((await refresh(member.visitor, refresh_token)).status).toBe(200);
  }
  async function expectOver({ access_token, refresh_token }: Tokens) {
    expect(await isTaken(member.visitor, access_token)).toBe(false);
    expect((await refresh(member.visitor, refresh_token)).json.error).toBe('invalid_grant');
  }

  it('REV1: a revoked refresh token takes its access tokens along, and no other session', async () => {
    const [ended, other] = [await session(), await session()];
    const answer = await revoke(member.visitor, ended.refresh_token, { token_type_hint: 'refresh_token' });
    expect([answer.status, answer.text, answer.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
    await expectOver(ended);
    await expectAlive(other);
    const { data } = await awaitEvent(brand, 'session.ended', member.sub);
    expect(data).toEqual({ sub: member.sub, session: decodeJwt(ended.id_token).sid, reason: 'revoked' });
  });

  it('REV1: a revoked access token ends its session; a wrong hint does not matter', async () => {
    const tokens = await session();
    const answer = await revoke(member.visitor, tokens.access_token, { token_type_hint: 'refresh_token' });
    expect(answer.status).toBe(200);
    await expectOver(tokens);
  });

  it('REV1: twice, unknown, rubbish and the ID token: 200, and nothing happens', async () => {
    const [ended, other] = [await session(), await session()];
    for (const token of [ended.refresh_token, ended.refresh_token, 'x', 'a.b.c', 'lkr_AAAA', other.id_token]) {
      expect((await revoke(member.visitor, token)).status).toBe(200);
    }
    await expectAlive(other);
  });

  it('REV1: a client cannot revoke what is another’s', async () => {
    const tokens = await session();
    const mobile = checkedVisitor(brand, `${brand}-mobile`);
    for (const token of [tokens.refresh_token, tokens.access_token]) {
      expect((await revoke(mobile, token)).status).toBe(200);
    }
    const backend = `${brand}-backend`;
    const headers = basic(backend, await secretOf(brand, backend));
    const form = { token: tokens.refresh_token };
    expect((await member.visitor.ask('POST', '/oauth2/revoke', { form, headers })).status).toBe(200);
    await expectAlive(tokens);
  });

  it('REV1: who is no client revokes nothing', async () => {
    const tokens = await session();
    const answers = [
      await revoke(member.visitor, tokens.refresh_token, { client_id: 'nobody' }),
      await revoke(member.visitor, tokens.refresh_token, { client_id: `${brand}-backend` }),
      await revoke(member.visitor, tokens.refresh_token, { client_secret: 'guess' }),
      await member.visitor.ask('POST', '/oauth2/revoke', { form: { token: tokens.refresh_token } }),
    ];
    expect(answers.map(({ status, json }) => `${status} ${json.error}`)).toEqual(
      answers.map(() => '401 invalid_client'),
    );
    const nameless = await member.visitor.ask('POST', '/oauth2/revoke', { form: { client_id: member.visitor.client } });
    expect([nameless.status, nameless.json.error]).toEqual([400, 'invalid_request']);
    await expectAlive(tokens);
  });

  it('REV1: a token that no session of a person carries cannot be revoked, and its client is told (RFC 7009 2.2.1)', async () => {
    const backend = `${brand}-backend`;
    const headers = basic(backend, await secretOf(brand, backend));
    const asked = await askToken(member.visitor, { grant_type: 'client_credentials' }, headers);
    const form = { token: asked.json.access_token };
    const refused = await member.visitor.ask('POST', '/oauth2/revoke', { form, headers });
    expect([refused.status, refused.json.error]).toEqual([400, 'unsupported_token_type']);
    const live = await member.visitor.ask('POST', '/oauth2/introspect', { form, headers });
    expect(live.json.active).toBe(true);
    // Another client learns nothing of it.
    expect((await revoke(member.visitor, form.token)).status).toBe(200);
  });

  it('REV1: oauth4webapi revokes by the discovery document', async () => {
    const tokens = await session();
    const { as, client, insecure } = await relyingParty(brand);
    const response = await oauth.revocationRequest(as, client, oauth.None(), tokens.refresh_token, insecure);
    await oauth.processRevocationResponse(response);
    await expectOver(tokens);
  });
});
