import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, isTaken, revoke } from './support/client-requests.ts';
import { advance, awaitEvent } from './support/cloud-desk.ts';
import { recycle } from './support/faults.ts';
import { type Member, refresh, signIn, signUp, type Tokens } from './support/journeys.ts';
import { relyingParty } from './support/relying-party.ts';
import { patchItem } from './support/tables.ts';
import type { Answer } from './support/visitor.ts';

const day = 86_400;
/** Seconds that a spent token still yields its successor, and days that a session may idle and live. */
const policies = {
  northwind: { grace: 0, idle: 7, absolute: 30, accessToken: 300 },
  solmar: { grace: 10, idle: 14, absolute: 28, accessToken: 900 },
} as const;

/** The one refusal of a token that is no good, whatever the reason. */
function expectDead(answer: Answer) {
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ error: 'invalid_grant', error_description: expect.any(String) });
}

describe.each(['northwind', 'solmar'] as const)('refresh at %s', (brand) => {
  const policy = policies[brand];
  let member: Member;
  beforeAll(async () => {
    member = await signUp(checkedVisitor(brand));
  });

  async function session(): Promise<Tokens> {
    const answer = await signIn(member.visitor, member.email, member.password);
    expect(answer.status).toBe(200);
    return answer.json;
  }
  async function renew(token: string): Promise<Tokens> {
    const answer = await refresh(member.visitor, token);
    expect(answer.status, answer.text).toBe(200);
    return answer.json;
  }

  it('RT1: a refresh gives new tokens of the same session, never cached', async () => {
    const first = await session();
    const answer = await refresh(member.visitor, first.refresh_token);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    const second: Tokens = answer.json;
    expect(second).toMatchObject({ token_type: 'Bearer', expires_in: policy.accessToken, scope: first.scope });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(second.access_token).not.toBe(first.access_token);
    const [before, after] = [decodeJwt(first.id_token), decodeJwt(second.id_token)];
    for (const claim of ['iss', 'sub', 'aud', 'auth_time', 'sid']) expect(after[claim]).toEqual(before[claim]);
    expect(await isTaken(member.visitor, second.access_token)).toBe(true);
  });

  it('RT1: a spent token used again ends the family: its successors, its access, with an event', async () => {
    const first = await session();
    const second = await renew(first.refresh_token);
    const third = await renew(second.refresh_token);
    if (policy.grace > 0) await advance(brand, policy.grace + 1);
    expectDead(await refresh(member.visitor, second.refresh_token));
    expectDead(await refresh(member.visitor, third.refresh_token));
    expect(await isTaken(member.visitor, third.access_token)).toBe(false);
    expect(await isTaken(member.visitor, first.access_token)).toBe(false);
    const { data } = await awaitEvent(brand, 'grant.reuse_detected', member.sub);
    expect(data).toEqual({ sub: member.sub, session: decodeJwt(first.id_token).sid, client: member.visitor.client });
    const { json } = await member.visitor.get('/v1/account/sessions', { token: (await session()).access_token });
    expect(json.sessions.map(({ id }: { id: string }) => id)).not.toContain(data.session);
  });

  it('RT1: a token older than the predecessor is a replay even inside the grace window', async () => {
    const first = await session();
    const third = await renew((await renew(first.refresh_token)).refresh_token);
    expectDead(await refresh(member.visitor, first.refresh_token));
    expectDead(await refresh(member.visitor, third.refresh_token));
  });

  it('RT2: of 20 parallel uses one wins, and never two families live', async () => {
    const first = await session();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(member.visitor, first.refresh_token)));
    const won = answers.filter(({ status }) => status === 200);
    const successors = new Set(won.map(({ json }) => json.refresh_token as string));
    expect(successors.size).toBe(1);
    expect(won).toHaveLength(policy.grace > 0 ? 20 : 1);
    for (const lost of answers.filter(({ status }) => status !== 200)) expectDead(lost);
    const [successor = ''] = successors;
    const next = await refresh(member.visitor, successor);
    // Without a grace window a rival that the gateway took after the winning write cannot be told from a thief.
    if (policy.grace > 0) expect(next.status).toBe(200);
    const lives = await Promise.all(won.map(({ json }) => isTaken(member.visitor, json.access_token)));
    expect([...new Set(lives)]).toEqual([next.status === 200]);
  });

  it('RT2: a client whose reply got lost gets the same successor, as long as the policy allows', async () => {
    const first = await session();
    const second = await renew(first.refresh_token);
    if (policy.grace === 0) return expectDead(await refresh(member.visitor, first.refresh_token));
    await advance(brand, policy.grace - 3);
    expect((await renew(first.refresh_token)).refresh_token).toBe(second.refresh_token);
    expectDead(await refresh(checkedVisitor(brand, `${brand}-mobile`), first.refresh_token));
    await renew(second.refresh_token);
  });

  it('RT3: a family ends at its absolute age however often it is used', async () => {
    let tokens = await session();
    for (let age = 0; age < policy.absolute - 4; age += 4) {
      await advance(brand, 4 * day);
      tokens = await renew(tokens.refresh_token);
      expect(tokens.expires_in).toBe(policy.accessToken);
    }
    const { sid, auth_time } = decodeJwt(tokens.id_token);
    const { json } = await member.visitor.get('/v1/account/sessions', { token: tokens.access_token });
    const own = json.sessions.find(({ id }: { id: string }) => id === sid);
    const ends = Number(auth_time) + policy.absolute * day;
    expect(Math.abs(Date.parse(own.expires_at) / 1000 - ends)).toBeLessThanOrEqual(1);

    await advance(brand, ends - Number(decodeJwt(tokens.access_token).iat) - 60);
    const last = await renew(tokens.refresh_token);
    expect(last.expires_in).toBeLessThanOrEqual(60);
    expect(Number(decodeJwt(last.access_token).exp)).toBeLessThanOrEqual(ends + 1);
    await advance(brand, 62);
    expectDead(await refresh(member.visitor, last.refresh_token));
    expect(await isTaken(member.visitor, last.access_token)).toBe(false);
  });

  it('SES5: a family that nobody uses dies of idleness', async () => {
    const tokens = await session();
    await advance(brand, policy.idle * day - 30);
    const renewed = await renew(tokens.refresh_token);
    await advance(brand, policy.idle * day + 1);
    expectDead(await refresh(member.visitor, renewed.refresh_token));
  });

  it('RT4: a token of one client is nothing in the hands of another, and is not spent by the try', async () => {
    const tokens = await session();
    const other = checkedVisitor(brand, `${brand}-mobile`);
    expectDead(await refresh(other, tokens.refresh_token));
    expectDead(await refresh(other, tokens.refresh_token));
    await renew(tokens.refresh_token);
  });

  it('RT4: a wider scope is refused and spends nothing; a narrower one narrows this answer alone', async () => {
    const { visitor } = member;
    const { refresh_token } = (await signIn(visitor, member.email, member.password, { scope: 'openid email' })).json;
    for (const scope of ['openid email profile', 'admin', 'openid openid2']) {
      const { status, json } = await refresh(visitor, refresh_token, { scope });
      expect([status, json.error]).toEqual([400, 'invalid_scope']);
    }
    const narrow = (await refresh(visitor, refresh_token, { scope: 'email' })).json;
    expect(narrow.scope).toBe('email');
    expect(decodeJwt(narrow.access_token).scope).toBe('email');
    expect(narrow).not.toHaveProperty('id_token');
    const whole = await renew(narrow.refresh_token);
    expect(whole.scope).toBe('openid email');
    expect(whole).toHaveProperty('id_token');
  });

  it('RT5: what was revoked stays revoked in functions that start afresh', async () => {
    const tokens = await session();
    const kept = await session();
    expect((await revoke(member.visitor, tokens.refresh_token)).status).toBe(200);
    await recycle(brand, 'token');
    expectDead(await refresh(member.visitor, tokens.refresh_token));
    await renew(kept.refresh_token);
  });

  it('RT6: a disabled person cannot refresh, from one request to the next', async () => {
    const somebody = await signUp(checkedVisitor(brand));
    const { refresh_token } = (await refresh(somebody.visitor, somebody.tokens.refresh_token)).json;
    await patchItem(brand, 'Directory', `USER#${somebody.sub}`, '#', { status: 'disabled' });
    expectDead(await refresh(somebody.visitor, refresh_token));
    expect(await isTaken(somebody.visitor, somebody.tokens.access_token)).toBe(false);
  });

  it('RT6: a not-before of the person ends what began earlier', async () => {
    const [tokens, other] = [await session(), await session()];
    await member.visitor.ask('DELETE', '/v1/account/sessions', { token: other.access_token });
    expectDead(await refresh(member.visitor, tokens.refresh_token));
    await renew((await session()).refresh_token);
  });

  it('RT1: oauth4webapi refreshes and finds nothing to complain of', async () => {
    const { refresh_token } = await session();
    const { as, client, insecure } = await relyingParty(brand);
    const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refresh_token, insecure);
    const tokens = await oauth.processRefreshTokenResponse(as, client, response);
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe(member.sub);
    await oauth.validateApplicationLevelSignature(as, response, insecure);
  });

  it('RT1: anything that is no refresh token of ours is refused alike', async () => {
    const { refresh_token, access_token } = await session();
    const flipped = refresh_token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    const longer = `${refresh_token}A`;
    for (const token of [
      'x',
      'lkr_',
      access_token.slice(0, 199),
      flipped,
      longer,
      refresh_token.slice(0, -6),
      'lkr_%00',
    ]) {
      expectDead(await refresh(member.visitor, token));
    }
    await renew(refresh_token);
  });

  it('OP2: missing, empty and repeated parameters are invalid_request', async () => {
    const { visitor } = member;
    const { refresh_token } = await session();
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: visitor.client,
      refresh_token,
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = (text: string) => visitor.ask('POST', '/oauth2/token', { body: text, headers });
    const bad = [
      await asked(`${body}&refresh_token=${refresh_token}`),
      await asked(`${body}&client_id=${visitor.client}`),
      await asked(''),
      await askToken(visitor, { client_id: visitor.client, refresh_token }),
      await askToken(visitor, { client_id: visitor.client, grant_type: 'refresh_token' }),
      await visitor.post('/oauth2/token', { grant_type: 'refresh_token', client_id: visitor.client, refresh_token }),
    ];
    expect(bad.map(({ status, json }) => `${status} ${json.error}`)).toEqual(bad.map(() => '400 invalid_request'));
    expect((await asked(`${body}&nonsense=1`)).status).toBe(200);
  });
});
