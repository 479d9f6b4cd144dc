import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { awaitEvent } from './support/cloud-desk.ts';
import { callsBehind } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo, signInNotices, wrongCode } from './support/inbox.ts';
import { type Member, refresh, signIn, signUp, startSignUp } from './support/journeys.ts';
import { awaitNotices, notMeLinkOf, remembered, signInFrom } from './support/notices.ts';
import { follow, formTo, send, signInOnPages, signUpEntries } from './support/pages.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { itemsUnder, partition } from './support/tables.ts';
import { type Answer, type BrandId, goodPassword, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';
import { workFor } from './support/work.ts';

const lyon = {
  'cloudfront-viewer-country': 'FR',
  'cloudfront-viewer-city': 'Lyon',
  'cloudfront-viewer-asn': '3215',
  'cloudfront-viewer-latitude': '45.75',
  'cloudfront-viewer-longitude': '4.85',
};
const tokyo = {
  'cloudfront-viewer-country': 'JP',
  'cloudfront-viewer-city': 'Tokyo',
  'cloudfront-viewer-asn': '2516',
  'cloudfront-viewer-latitude': '35.68',
  'cloudfront-viewer-longitude': '139.69',
};
const torExit = { ...tokyo, 'cloudfront-viewer-asn': '60729' };

/** Types of the items that an answer took. */
async function itemsOf(answer: Answer): Promise<readonly string[]> {
  return (await callsBehind('northwind', answer)).flatMap(({ items }) => items);
}

/** Somebody whose usual place is known: Lyon, where the deployment has an edge. */
async function memberAtHome(brand: BrandId, ip?: string): Promise<Member> {
  const member = await signUp(newVisitor(brand, ip), {});
  await remembered(brand, member, 1);
  await signInFrom(member.visitor, member, lyon);
  await remembered(brand, member, 2);
  return member;
}

describe('LOG5: a sign-in that its owner may know nothing of', () => {
  it('LOG5: a sign-up and the known browser send none; a new device sends one, in words', async () => {
    const member = await memberAtHome('northwind');
    const { visitor, email, sub } = member;
    const known = await signInFrom(visitor, member, lyon);
    expect(known.status).toBe(200);
    expect(await itemsOf(known)).not.toContain('SEEN');
    const sameBrowser = newVisitor('northwind', visitor.ip);
    expect((await signInFrom(sameBrowser, member, lyon)).status).toBe(200);
    await remembered('northwind', member, 4);
    expect(await signInNotices(email, 'northwind')).toEqual([]);

    const stranger = newVisitor('northwind');
    const unknown = await signInFrom(stranger, member, lyon);
    expect(unknown.status).toBe(200);
    expect((await itemsOf(unknown)).filter((item) => item === 'SEEN')).toHaveLength(1);
    const [notice, ...more] = await awaitNotices('northwind', member, 1);
    expect(more).toEqual([]);
    expect(notice?.tags).toMatchObject({ kind: 'new-sign-in' });
    expect(notice?.text).toContain('Device: Firefox on macOS');
    expect(notice?.text).toContain('Where: Lyon, France');
    expect(notice?.text).not.toContain(stranger.ip);

    await remembered('northwind', member, 5);
    expect((await signInFrom(newVisitor('northwind', stranger.ip), member, lyon)).status).toBe(200);
    await remembered('northwind', member, 6);
    expect(await signInNotices(email, 'northwind')).toHaveLength(1);

    const lines = await partition('northwind', 'Sessions', `ACTIVITY#${sub}`);
    expect(lines.filter(({ reasons }) => reasons.includes('new_device'))).toHaveLength(1);
    const text = JSON.stringify(lines);
    for (const personal of ['Lyon', 'Firefox', stranger.ip, email]) expect(text).not.toContain(personal);
  });

  it('LOG5, MFA: abroad on a known browser: told; from a new device too: a code by mail, and no session before it', async () => {
    const member = await memberAtHome('northwind');
    const { visitor, sub } = member;
    const nearby = { ...lyon, 'cloudfront-viewer-country': 'CH', 'cloudfront-viewer-longitude': '6.14' };
    expect((await signInFrom(visitor, member, nearby)).status).toBe(200);
    expect((await awaitNotices('northwind', member, 1))[0]?.text).toContain('Switzerland');
    const event = await awaitEvent('northwind', 'user.signed_in', sub);
    expect(event.data.outcome).toBe('allow');
    expect(JSON.stringify(event)).not.toMatch(/Lyon|Switzerland|"CH"/);

    const asked = await signInFrom(newVisitor('northwind'), member, { ...lyon, 'cloudfront-viewer-country': 'JP' });
    expect(asked.json).toMatchObject({ status: 403, code: 'second_factor_required', factors: ['mailed-code'] });
    expect(asked.text).not.toContain('access_token');

    const path = `/v1/login/second-factor/${asked.json.flow}`;
    const risky = newVisitor('northwind');
    const code = codeOf(await awaitMail(member.email, 2));
    const wrong = { factor: 'mailed-code', code: wrongCode(code) };
    for (const _ of [1, 2, 3, 4, 5]) expect((await risky.post(path, wrong)).json.code).toBe('code_invalid');
    expect((await risky.post(path, { ...wrong, code })).json.code).toBe('code_spent');
    const [stopped, , ...others] = await awaitNotices('northwind', member, 2);
    expect([stopped?.tags?.kind, others]).toEqual(['sign-in-stopped', []]);
    expect((await awaitEvent('northwind', 'sign_in.stopped', sub)).data.reasons).toContain('new_country');
  });

  const signedUp: Readonly<Record<string, (visitor: Visitor, email: string) => Promise<string>>> = {
    'by JSON': async (visitor, email) => {
      const { flow } = await startSignUp(visitor, { email });
      const code = codeOf(await awaitMail(email));
      const answer = await visitor.post(`/v1/registrations/${flow}/verification`, { code }, { headers: lyon });
      return answer.json.sub;
    },
    'on the pages': async (visitor, email) => {
      const form = formTo(await visitor.get('/sign-up'), '/sign-up');
      const verify = await follow(visitor, await send(visitor, form, signUpEntries(visitor, email)));
      const code = codeOf(await awaitMail(email));
      await send(visitor, formTo(verify, '/sign-up/verify'), { code }, { headers: lyon });
      const cookie = Buffer.from(visitor.cookies.get('__Host-session') ?? '', 'base64url');
      return `usr_${cookie.subarray(0, 16).toString('base64url')}`;
    },
  };

  it.each(Object.entries(signedUp))(
    'LOG5: where somebody signs up %s is known: abroad is a new country',
    async (_, act) => {
      const [visitor, email] = [newVisitor('northwind'), randomEmail()];
      const sub = await act(visitor, email);
      const member = { email, password: goodPassword, sub };
      await remembered('northwind', member, 1);
      const abroad = newVisitor('northwind');
      const asked = await signInFrom(abroad, member, { ...lyon, 'cloudfront-viewer-country': 'JP' });
      expect(asked.json).toMatchObject({ code: 'second_factor_required', factors: ['mailed-code'] });
      const code = codeOf(await awaitMail(email, 2));
      await abroad.post(`/v1/login/second-factor/${asked.json.flow}`, { factor: 'mailed-code', code });
      await remembered('northwind', member, 2);
      const lines = await partition('northwind', 'Sessions', `ACTIVITY#${sub}`);
      expect(lines.map(({ reasons }) => reasons)).toContainEqual(expect.arrayContaining(['new_country', 'new_device']));
    },
  );

  it('LOG5: a second factor answers the risk, and the owner is told of the new device all the same', async () => {
    const member = await memberAtHome('northwind');
    const abroad = newVisitor('northwind');
    const asked = await signInFrom(abroad, member, { ...lyon, 'cloudfront-viewer-country': 'JP' });
    const path = `/v1/login/second-factor/${asked.json.flow}`;
    const code = codeOf(await awaitMail(member.email, 2));
    const passed = await abroad.post(path, { factor: 'mailed-code', code });
    expect(passed.status).toBe(200);
    expect((await awaitNotices('northwind', member, 1))[0]?.tags?.kind).toBe('new-sign-in');
    await remembered('northwind', member, 3);

    const token = passed.json.access_token;
    const { activity } = (await abroad.get('/v1/account/activity', { token })).json;
    expect(activity).toHaveLength(3);
    expect(activity[0]).toMatchObject({
      outcome: 'signed_in',
      reasons: expect.arrayContaining(['new_device', 'new_country']),
      client_id: 'northwind-web',
      device: 'Firefox on macOS',
      ip: abroad.ip,
    });
    expect(activity[1]).toMatchObject({ city: 'Lyon', country: 'FR', ip: member.visitor.ip });
    expect((await newVisitor('northwind').get('/v1/account/activity')).status).toBe(401);

    const browser = newVisitor('northwind', member.visitor.ip);
    await signInOnPages(browser, member.email, member.password);
    const page = await browser.get('/account/security/activity?locale=de');
    expect(page.status).toBe(200);
    for (const words of ['Letzte Anmeldungen', 'Firefox auf macOS', 'Lyon, Frankreich', 'neues Land', 'Angemeldet']) {
      expect(page.text).toContain(words);
    }
  });

  it('MFA: denied by its risk: no session, one event and one notice an hour, whatever the number of tries', async () => {
    const member = await memberAtHome('northwind');
    const attacker = newVisitor('northwind');
    // LOG1: the right password is answered as a wrong one, byte by byte, but for the number of the request.
    const faceOf = ({ status, json: { instance, ...body } }: Answer) => [status, body];
    const wrong = await signInFrom(attacker, { ...member, password: `${member.password}!` }, torExit);
    expect(wrong.json).toMatchObject({ status: 401, code: 'credentials_invalid' });
    for (const _ of [1, 2, 3]) {
      const answer = await signInFrom(attacker, member, torExit);
      expect(faceOf(answer)).toEqual(faceOf(wrong));
      expect([answer.headers.getSetCookie(), answer.text.length]).toEqual([[], wrong.text.length]);
    }
    const event = await awaitEvent('northwind', 'sign_in.denied', member.sub);
    expect(event.data.reasons).toEqual(['impossible_travel', 'new_country', 'anonymiser', 'new_device', 'new_network']);
    const [notice, ...more] = await awaitNotices('northwind', member, 1);
    expect([notice?.tags?.kind, more]).toEqual(['sign-in-stopped', []]);
    expect(notice?.text).toContain('Tokyo, Japan');
    const lines = await partition('northwind', 'Sessions', `ACTIVITY#${member.sub}`);
    expect(lines.filter(({ outcome }) => outcome === 'denied')).toHaveLength(1);
    // Whoever is at home signs in meanwhile.
    expect((await signInFrom(member.visitor, member, lyon)).status).toBe(200);
  });

  it('LOG1, RL3: denied with work it is a miss with work, as a wrong password is', async () => {
    const member = await memberAtHome('northwind');
    const { prefix } = facts.northwind.abuse.misses;
    const { passwordPerAccount } = facts.northwind.limits;
    await Promise.all([roomyWindow('northwind', prefix), roomyWindow('northwind', passwordPerAccount)]);
    const counts = () => itemsUnder('northwind', 'Sessions', 'RATE#misses-prefix#');
    const before = new Set((await counts()).map(({ pk }) => pk));
    const { free = 0 } = passwordPerAccount;
    const attacker = newVisitor('northwind');
    const wrong = { ...member, password: `${member.password}!` };
    for (let misses = 0; misses < free; misses++) await signInFrom(attacker, wrong, torExit);
    const misses: unknown[] = [];
    for (const { email, password } of [wrong, member]) {
      const held = await signInFrom(attacker, { email, password }, torExit);
      expect(held.json.code).toBe('challenge_required');
      const body = { client_id: attacker.client, email, password, proof: await workFor(held) };
      const headers = { 'accept-language': 'en', ...torExit };
      const answer = await attacker.post('/v1/login/password', body, { headers });
      expect(answer.json.code).toBe('credentials_invalid');
      const own = (await counts()).filter(({ pk }) => !before.has(pk));
      misses.push(own.map(({ n, proven }) => [n, proven]));
    }
    expect(misses).toEqual([[[free, 1]], [[free, 2]]]);
  });

  it('RL5: without an edge its headers are anybody’s: no place, no country, the address of the gateway', async () => {
    const member = await signUp(newVisitor('solmar'));
    await remembered('solmar', member, 1);
    const forged = { ...torExit, 'cloudfront-viewer-address': `${member.visitor.ip}:443` };
    expect((await signInFrom(newVisitor('solmar'), member, forged)).status).toBe(200);
    const [notice] = await awaitNotices('solmar', member, 1);
    expect(notice?.text).not.toMatch(/Tokyo|Tokio|Jap/);
    await remembered('solmar', member, 2);
    const lines = await partition('solmar', 'Sessions', `ACTIVITY#${member.sub}`);
    expect(lines.map(({ reasons }) => reasons).toSorted((a, b) => a.length - b.length)).toEqual([
      [],
      ['new_device', 'new_network'],
    ]);
  });
});

describe('LOG5: “this wasn’t me”', () => {
  it('LOG5, VC7: the link changes nothing; its button signs everybody out, stops the password and starts recovery', async () => {
    const member = await signUp(newVisitor('northwind'));
    await remembered('northwind', member, 1);
    const { visitor: home, email, tokens } = member;
    const attacker = newVisitor('northwind');
    const theirs = (await signInFrom(attacker, member)).json;
    const link = notMeLinkOf((await awaitNotices('northwind', member, 1))[0]);

    const elsewhere = newVisitor('northwind');
    for (const _ of [1, 2]) expect((await elsewhere.get(link)).status).toBe(200);
    const mine = await refresh(home, tokens.refresh_token);
    expect(mine.status).toBe(200);

    const page = await elsewhere.get(link);
    const german = /href="([^"]*locale=de[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = formTo(page, '/recover/not-me');
    const { user, session, token } = formTo(await newVisitor('northwind').get(german), '/recover/not-me').fields;
    expect({ user, session, token }).toEqual({
      user: form.fields.user,
      session: form.fields.session,
      token: form.fields.token,
    });
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await send(elsewhere, form, {}, { headers: foreign })).status).toBe(403);
    const forged = { token: `${form.fields.token?.slice(0, -2)}AA` };
    expect((await send(elsewhere, form, forged)).status).toBe(410);
    expect((await refresh(attacker, theirs.refresh_token)).status).toBe(200);

    const recovery = await follow(elsewhere, await send(elsewhere, form));
    expect(recovery.text).toContain('Everyone has been signed out, and');
    expect(recovery.text).not.toContain('access_token');
    for (const token of [mine.json.access_token, theirs.access_token]) {
      expect((await home.get('/v1/account', { token })).status).toBe(401);
    }
    expect((await signIn(attacker, email, member.password)).status).toBe(401);
    expect((await send(elsewhere, form)).status).toBe(410);

    const code = codeOf(await awaitMail(email, 2, 'northwind'));
    const next = `${goodPassword} again`;
    const saved = await send(elsewhere, formTo(recovery, '/recover/password'), { code, password: next });
    expect(saved.status).toBe(303);
    expect((await signIn(home, email, next)).status).toBe(200);
    // A link that was used, or is about an older sign-in, does not sign the owner out again.
    expect((await send(elsewhere, form)).status).toBe(410);
    expect((await signIn(home, email, next)).status).toBe(200);
    expect((await mailsTo(email)).map(({ tags }) => tags?.kind)).toEqual(['password-changed', 'recovery', 'verify']);
  });
});
