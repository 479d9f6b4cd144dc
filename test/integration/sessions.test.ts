import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { anotherSession, changePassword } from './support/account-journeys.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { isTaken } from './support/client-requests.ts';
import { advance, awaitEvent } from './support/cloud-desk.ts';
import { askDesk } from './support/faults.ts';
import { type Member, refresh, signUp, type Tokens } from './support/journeys.ts';

interface SessionView {
  readonly id: string;
  readonly current: boolean;
  readonly place: string;
  readonly [field: string]: unknown;
}

const sidOf = ({ id_token }: Tokens) => String(decodeJwt(id_token).sid);

describe.each(['northwind', 'solmar'] as const)('sessions at %s', (brand) => {
  let member: Member;
  beforeEach(async () => {
    member = await signUp(checkedVisitor(brand));
  });

  async function list(token: string): Promise<readonly SessionView[]> {
    const { status, json } = await member.visitor.get('/v1/account/sessions', { token });
    expect(status).toBe(200);
    return json.sessions;
  }
  const end = (token: string, id: string) => member.visitor.ask('DELETE', `/v1/account/sessions/${id}`, { token });

  it('SES8: the list says device, place and times, newest first, and which session asks', async () => {
    const phone = checkedVisitor(brand, `${brand}-mobile`);
    const onPhone = await anotherSession(member, phone);
    const [newest, first, ...more] = await list(onPhone.access_token);
    expect(more).toEqual([]);
    expect(newest).toEqual({
      id: sidOf(onPhone),
      current: true,
      client_id: `${brand}-mobile`,
      device: 'Firefox on macOS',
      place: phone.ip,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      last_seen_at: expect.any(String),
      expires_at: expect.any(String),
    });
    expect(first).toMatchObject({ id: sidOf(member.tokens), current: false, place: member.visitor.ip });
    await advance(brand, 60);
    await refresh(phone, onPhone.refresh_token);
    const [later] = await list(onPhone.access_token);
    expect(Date.parse(String(later?.last_seen_at))).toBeGreaterThan(Date.parse(String(newest?.last_seen_at)));
    expect(later?.created_at).toBe(newest?.created_at);
  });

  it('SES8: ending another session kills it at once and leaves this one', async () => {
    const other = await anotherSession(member);
    expect((await end(member.tokens.access_token, sidOf(other))).status).toBe(204);
    expect(await isTaken(member.visitor, other.access_token)).toBe(false);
    expect((await refresh(member.visitor, other.refresh_token)).json.error).toBe('invalid_grant');
    expect(await isTaken(member.visitor, member.tokens.access_token)).toBe(true);
    const again = await end(member.tokens.access_token, sidOf(other));
    expect([again.status, again.json.code]).toEqual([404, 'session_unknown']);
    const { data } = await awaitEvent(brand, 'session.ended', member.sub);
    expect(data).toEqual({ sub: member.sub, session: sidOf(other), reason: 'signed_out' });
  });

  it('SES3: signing out of this session ends it, tokens and all', async () => {
    const { access_token, refresh_token } = member.tokens;
    expect((await end(access_token, sidOf(member.tokens))).status).toBe(204);
    expect(await isTaken(member.visitor, access_token)).toBe(false);
    expect((await refresh(member.visitor, refresh_token)).json.error).toBe('invalid_grant');
    expect((await end(access_token, sidOf(member.tokens))).status).toBe(401);
  });

  it('SES3: signing out everywhere ends every session in one write, and the next sign-in works', async () => {
    const others = [await anotherSession(member), await anotherSession(member)];
    const path = '/v1/account/sessions';
    const answer = await member.visitor.ask('DELETE', path, { token: member.tokens.access_token });
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const { access_token, refresh_token } of [member.tokens, ...others]) {
      expect(await isTaken(member.visitor, access_token)).toBe(false);
      expect((await refresh(member.visitor, refresh_token)).json.error).toBe('invalid_grant');
    }
    const fresh = await anotherSession(member);
    expect(await list(fresh.access_token)).toHaveLength(1);
    expect((await awaitEvent(brand, 'sessions.ended', member.sub)).data).toEqual({ sub: member.sub });
    const [report] = await askDesk(brand, 'GET', `calls?request=${answer.headers.get('x-local-request-id')}`);
    expect(report.waves).toBe(1);
  });

  it('SES8: another person’s session cannot be named, seen or ended', async () => {
    const stranger = await signUp(checkedVisitor(brand));
    const answer = await end(stranger.tokens.access_token, sidOf(member.tokens));
    expect([answer.status, answer.json.code]).toEqual([404, 'session_unknown']);
    const absent = await end(stranger.tokens.access_token, `ses_${'0'.repeat(36)}`);
    expect({ ...absent.json, instance: '' }).toEqual({ ...answer.json, instance: '' });
    expect(await isTaken(member.visitor, member.tokens.access_token)).toBe(true);
    const { json } = await stranger.visitor.get('/v1/account/sessions', { token: stranger.tokens.access_token });
    expect(json.sessions.map(({ id }: SessionView) => id)).toEqual([sidOf(stranger.tokens)]);
    for (const id of ['x', '..', 'current', '%23', `ses_${'0'.repeat(35)}%2f`, 'ses_*', '%00']) {
      expect((await end(stranger.tokens.access_token, id)).status).toBe(404);
    }
  });

  it('SES4: a new password ends the others; the session that asked lives on with the tokens that it has', async () => {
    const other = await anotherSession(member);
    const { access_token, refresh_token } = member.tokens;
    const fresh = 'nine patient lynxes by the fire';
    expect((await changePassword(member.visitor, access_token, member.password, fresh)).status).toBe(204);
    expect(await isTaken(member.visitor, other.access_token)).toBe(false);
    expect((await refresh(member.visitor, other.refresh_token)).json.error).toBe('invalid_grant');
    expect(await isTaken(member.visitor, access_token)).toBe(true);
    const renewed = await refresh(member.visitor, refresh_token);
    expect(renewed.status).toBe(200);
    expect((await list(renewed.json.access_token)).map(({ id }) => id)).toEqual([sidOf(member.tokens)]);
  });

  it('SES5: an idle session is off the list by server time, though nothing has deleted it', async () => {
    await advance(brand, (brand === 'northwind' ? 7 : 14) * 86_400 + 1);
    const fresh = await anotherSession(member);
    expect((await list(fresh.access_token)).map(({ id }) => id)).toEqual([sidOf(fresh)]);
    expect((await refresh(member.visitor, member.tokens.refresh_token)).json.error).toBe('invalid_grant');
    expect((await end(fresh.access_token, sidOf(member.tokens))).status).toBe(404);
  });

  it('SES7: whatever sets a cookie or speaks of a person is never cached', async () => {
    const token = member.tokens.access_token;
    for (const path of [
      '/v1/account',
      '/v1/account/sessions',
      '/v1/consents',
      '/v1/consents/history',
      '/oauth2/userinfo',
    ]) {
      expect((await member.visitor.get(path, { token })).headers.get('cache-control')).toBe('no-store');
    }
    const { email, password, visitor } = member;
    const signedIn = await visitor.post('/v1/login/password', { client_id: visitor.client, email, password });
    expect(signedIn.headers.get('set-cookie')).toMatch(/^__Host-.*; Path=\/; .*Secure; HttpOnly; SameSite=Lax/);
    expect(signedIn.headers.get('cache-control')).toBe('no-store');
  });
});
