import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AddressChange,
  anotherSession,
  confirmAddressChange,
  startAddressChange,
} from './support/account-journeys.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { isTaken } from './support/client-requests.ts';
import { advance, awaitEvent } from './support/cloud-desk.ts';
import { awaitMail, codeOf, mailsTo, wrongCode } from './support/inbox.ts';
import { type Member, refresh, signIn, signUp } from './support/journeys.ts';
import { randomEmail } from './support/visitor.ts';

const recent = { northwind: 600, solmar: 900 } as const;
const codeLife = { northwind: 600, solmar: 300 } as const;

describe.each(['northwind', 'solmar'] as const)('change of address at %s', (brand) => {
  let member: Member;
  let token: string;
  beforeEach(async () => {
    member = await signUp(checkedVisitor(brand));
    token = member.tokens.access_token;
  });

  const addressOf = async () => (await member.visitor.get('/v1/account', { token })).json.email;
  const confirm = (change: AddressChange) => confirmAddressChange(member.visitor, token, change);
  /** The link in the newest mail to the old address. */
  async function cancelLink(): Promise<string> {
    const { text } = await awaitMail(member.email, 2, brand);
    const link = /http\S+\/email-change\/cancel\?\S+/.exec(text)?.[0];
    if (!link) throw new Error(`no link in ${text}`);
    return link.slice(member.visitor.origin.length);
  }

  it('EM2: the old address stays until the new one is proven; then everything moves, others end, the old one is told', async () => {
    const other = await anotherSession(member);
    const change = await startAddressChange(member.visitor, token);
    expect(await addressOf()).toBe(member.email);
    expect((await signIn(member.visitor, member.email, member.password)).status).toBe(200);
    expect((await signIn(member.visitor, change.email, member.password)).status).toBe(401);

    const moved = await confirm(change);
    expect([moved.status, moved.json.email, moved.json.email_verified]).toEqual([200, change.email, true]);
    expect(await addressOf()).toBe(change.email);
    expect((await signIn(member.visitor, member.email, member.password)).status).toBe(401);
    expect((await signIn(member.visitor, change.email, member.password)).status).toBe(200);
    expect(await isTaken(member.visitor, other.access_token)).toBe(false);
    expect((await refresh(member.visitor, member.tokens.refresh_token)).status).toBe(200);

    const notice = await awaitMail(member.email, 3, brand);
    expect(notice.text).not.toContain(change.email);
    const { data } = await awaitEvent(brand, 'email.changed', member.sub);
    expect(data).toEqual({ sub: member.sub });
    expect((await confirm(change)).status).toBe(410);
  });

  it('EM2: the freed address is anybody’s again', async () => {
    await confirm(await startAddressChange(member.visitor, token));
    await awaitMail(member.email, 3, brand);
    const heir = await signUp(checkedVisitor(brand), { email: member.email });
    expect(heir.sub).not.toBe(member.sub);
  });

  it('EM2: the old address gets a link that stops it: opening changes nothing, pressing does', async () => {
    const change = await startAddressChange(member.visitor, token);
    const link = await cancelLink();
    const browser = checkedVisitor(brand);
    for (const method of ['GET', 'GET']) {
      const page = await browser.ask(method, link);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    const form = Object.fromEntries(new URL(link, 'http://x').searchParams);
    const foreign = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
    expect((await browser.ask('POST', '/email-change/cancel', { form, ...foreign })).status).toBe(403);
    const forged = { ...form, token: 'A'.repeat(43) };
    expect((await browser.ask('POST', '/email-change/cancel', { form: forged })).status).toBe(410);
    expect((await browser.ask('POST', '/email-change/cancel', { form })).status).toBe(200);
    expect((await browser.ask('POST', '/email-change/cancel', { form })).status).toBe(410);

    const refused = await confirm(change);
    expect([refused.status, refused.json.code]).toEqual([410, 'flow_expired']);
    expect(await addressOf()).toBe(member.email);
    await awaitEvent(brand, 'email_change.cancelled', member.sub);
  });

  it('EM1: a sign-in of long ago does not do; the current password does', async () => {
    await advance(brand, recent[brand] + 60);
    const { json: renewed } = await refresh(member.visitor, member.tokens.refresh_token);
    const stale = renewed.access_token;
    const email = randomEmail();
    const ask = (fields: object) => member.visitor.post('/v1/account/email', { email, ...fields }, { token: stale });
    const refused = await ask({});
    expect([refused.status, refused.json.code]).toEqual([401, 'recent_authentication_required']);
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer realm="api", error="insufficient_user_authentication"',
    );
    expect((await ask({ current_password: 'wrong' })).json.code).toBe('credentials_invalid');
    expect(await mailsTo(email, brand)).toEqual([]);
    expect((await ask({ current_password: member.password })).status).toBe(202);
    const fresh = await anotherSession(member);
    expect((await member.visitor.post('/v1/account/email', { email }, { token: fresh.access_token })).status).toBe(202);
  });

  it('EM3: a change that waits is dead once the address has an owner', async () => {
    const change = await startAddressChange(member.visitor, token);
    const victim = await signUp(checkedVisitor(brand), { email: change.email });
    const refused = await confirm(change);
    expect([refused.status, refused.json.code]).toEqual([409, 'identifier_taken']);
    expect(await addressOf()).toBe(member.email);
    expect((await signIn(victim.visitor, change.email, victim.password)).json.access_token).toEqual(expect.any(String));
  });

  it('EM4: two accounts race for one address: one wins', async () => {
    const rival = await signUp(checkedVisitor(brand));
    const change = await startAddressChange(member.visitor, token);
    const other = await startAddressChange(rival.visitor, rival.tokens.access_token, change.email);
    const answers = await Promise.all([
      confirm(change),
      confirmAddressChange(rival.visitor, rival.tokens.access_token, other),
    ]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('identifier_taken');
  });

  it('EM5: another person cannot confirm it, with the right code and a token of his own', async () => {
    const change = await startAddressChange(member.visitor, token);
    const stranger = await signUp(checkedVisitor(brand));
    const refused = await confirmAddressChange(stranger.visitor, stranger.tokens.access_token, change);
    expect([refused.status, refused.json.code]).toEqual([410, 'flow_expired']);
    const { json } = await stranger.visitor.get('/v1/account', { token: stranger.tokens.access_token });
    expect(json.email).toBe(stranger.email);
    expect((await confirm(change)).status).toBe(200);
  });

  it('REG6: whether the new address has an account, the answer does not tell', async () => {
    const neighbour = await signUp(checkedVisitor(brand));
    const ask = (email: string) => member.visitor.post('/v1/account/email', { email }, { token });
    const [taken, free] = [await ask(neighbour.email), await ask(randomEmail())];
    expect([taken.status, free.status]).toEqual([202, 202]);
    expect({ ...taken.json, flow: '' }).toEqual({ ...free.json, flow: '' });
    const { text } = await awaitMail(neighbour.email, 2, brand);
    expect(text).not.toMatch(/\b\d{6}\b/);
  });

  it('VC3, VC5: the code is counted, and dies by the clock', async () => {
    const change = await startAddressChange(member.visitor, token);
    const wrong = await confirm({ ...change, code: wrongCode(change.code) });
    expect([wrong.status, wrong.json.code]).toEqual([400, 'code_invalid']);
    await advance(brand, Math.min(codeLife[brand], 299));
    const fresh = (await anotherSession(member)).access_token;
    await advance(brand, codeLife[brand] - Math.min(codeLife[brand], 299) + 1);
    const late = await confirmAddressChange(member.visitor, (await anotherSession(member)).access_token, change);
    expect([400, 410]).toContain(late.status);
    const second = await startAddressChange(member.visitor, (await anotherSession(member)).access_token);
    const asker = (await anotherSession(member)).access_token;
    for (let guess = 0; guess < 5; guess++) {
      await confirmAddressChange(member.visitor, asker, { ...second, code: wrongCode(second.code) });
    }
    const spent = await confirmAddressChange(member.visitor, asker, second);
    expect([spent.status, spent.json.code]).toEqual([400, 'code_spent']);
    expect(fresh).toEqual(expect.any(String));
  });

  it('VC4: the code of a sign-in does not move an address', async () => {
    const { visitor, email } = member;
    const change = await startAddressChange(visitor, token);
    const started = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
    const code = codeOf(await awaitMail(email, 3, brand));
    const asChange = await confirm({ ...change, flow: started.json.flow, code });
    expect([asChange.status, asChange.json.code]).toEqual([410, 'flow_expired']);
    const asSignIn = await visitor.post(`/v1/login/code/${change.flow}`, { code: change.code });
    expect(asSignIn.status).toBe(410);
  });
});
