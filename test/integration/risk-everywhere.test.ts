import { describe, expect, it } from 'vitest';
import { advance, cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { awaitMailOfKind, codeOf, mailsOfKind } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { awaitNotices, remembered, signInFrom } from './support/notices.ts';
import { enrolPasskey, requestOptionsOf } from './support/passkeys.ts';
import { holdings, partition, patchItem, putItem } from './support/tables.ts';
import { type Answer, newVisitor, type Visitor } from './support/visitor.ts';

const brand = 'northwind';
type Headers = Readonly<Record<string, string>>;

const lyon = { 'cloudfront-viewer-country': 'FR', 'cloudfront-viewer-asn': '3215' };
const japan = { ...lyon, 'cloudfront-viewer-country': 'JP' };
const lyonOnMap = { ...lyon, 'cloudfront-viewer-latitude': '45.75', 'cloudfront-viewer-longitude': '4.85' };
const torExit = {
  'cloudfront-viewer-country': 'JP',
  'cloudfront-viewer-asn': '60729',
  'cloudfront-viewer-latitude': '35.68',
  'cloudfront-viewer-longitude': '139.69',
};

/** What the newest session of a client says of its sign-in. */
async function weighed({ sub }: Member) {
  const sessions = await partition(brand, 'Sessions', `GRANT#${sub}`);
  return sessions.toSorted((a, b) => String(a.sk).localeCompare(String(b.sk))).at(-1)?.event.data;
}

async function memberIn(home: Headers): Promise<Member> {
  const member = await signUp(newVisitor(brand));
  await remembered(brand, member, 1);
  await signInFrom(member.visitor, member, home);
  await remembered(brand, member, 2);
  return member;
}

/** Signs in by a mailed code, in a browser and a place. */
async function byCode(visitor: Visitor, { email }: Member, headers: Headers): Promise<Answer> {
  const before = (await mailsOfKind('sign-in-code', email, brand)).length;
  const { json } = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
  const code = codeOf(await awaitMailOfKind('sign-in-code', email, before + 1, brand));
  return visitor.post(`/v1/login/code/${json.flow}`, { code }, { headers: { 'accept-language': 'en', ...headers } });
}

describe('MFA: risk on every way in, told as it was', () => {
  it('MFA20: the event of a sign-in says what it was weighed as, also after a second step', async () => {
    const member = await memberIn(lyon);
    const abroad = newVisitor(brand);
    const asked = await signInFrom(abroad, member, japan);
    expect(asked.json.factors).toEqual(['mailed-code']);
    const code = codeOf(await awaitMailOfKind('sign-in-code', member.email, 1, brand));
    const path = `/v1/login/second-factor/${asked.json.flow}`;
    expect((await abroad.post(path, { factor: 'mailed-code', code }, { headers: japan })).status).toBe(200);
    const { outcome, reasons } = await weighed(member);
    expect(outcome).toBe('second-factor');
    expect(reasons).toEqual(expect.arrayContaining(['new_country', 'new_device']));
  });

  it('MFA, LOG5: a second step from another browser or country than the first is noticed, and told', async () => {
    const member = await memberIn(lyon);
    const secret = await enrolTotp(member);
    const asked = await signIn(member.visitor, member.email, member.password);
    expect(asked.json.factors).toEqual(['totp']);
    const own = await signInFrom(member.visitor, member, lyon);
    const phisher = newVisitor(brand);
    const given = { factor: 'totp', code: totpCode(secret, await cloudNow(brand)) };
    const headers = { ...japan, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36' };
    const passed = await phisher.post(`/v1/login/second-factor/${own.json.flow}`, given, { headers });
    expect(passed.status, passed.text).toBe(200);
    const { outcome, reasons } = await weighed(member);
    expect([outcome, reasons]).toEqual(['second-factor', ['new_country', 'new_device']]);
    expect((await awaitNotices(brand, member, 1))[0]?.tags?.kind).toBe('new-sign-in');

    // From where the first step came nothing is.
    const { flow } = await firstFactor(member.visitor, member.email, member.password);
    const next = totpCode(secret, await cloudNow(brand), 1);
    expect((await secondFactor(member.visitor, flow, 'totp', next)).status).toBe(200);
    expect((await weighed(member)).reasons).toEqual([]);
  });

  it('MFA21, LOG5: a code that the risk denies is spent, and told of once an hour by one event', async () => {
    const member = await memberIn(lyonOnMap);
    const told = async () =>
      (await partition(brand, 'Sessions', `ACTIVITY#${member.sub}`)).filter(({ outcome }) => outcome === 'denied');
    expect((await signInFrom(newVisitor(brand), member, torExit)).json.code).toBe('credentials_invalid');
    const [first] = await told();
    for (const _ of [1, 2]) {
      const denied = await byCode(newVisitor(brand), member, torExit);
      expect(denied.json.code, denied.text).toBe('sign_in_refused');
    }
    const lines = await told();
    expect(lines.map(({ event }) => event.id)).toEqual([first?.event.id]);
    expect((await awaitNotices(brand, member, 1)).length).toBe(1);
  });

  it('LOG5, MFA: the cookie of a browser that was disowned is weighed as none, by a code and by a passkey', async () => {
    const member = await memberIn(lyon);
    const { visitor } = member;
    const { identHash } = await holdings(brand, member.sub);
    const disowned = { devicesValidFrom: await cloudNow(brand) };
    await patchItem(brand, 'Directory', `CRED#${identHash}`, 'factors', disowned);

    const byMail = await byCode(visitor, member, japan);
    expect(byMail.status, byMail.text).toBe(200);
    expect((await weighed(member)).reasons).toContain('new_country');

    const passkey = await enrolPasskey(member);
    await patchItem(brand, 'Directory', `USER#${member.sub}`, '#', { devicesValidFrom: await cloudNow(brand) });
    const credential = passkey.get(await requestOptionsOf(visitor));
    const headers = { ...lyon, 'cloudfront-viewer-country': 'BR' };
    const body = { client_id: visitor.client, credential };
    expect((await visitor.post('/v1/login/passkey', body, { headers })).status).toBe(200);
    expect((await weighed(member)).reasons).toContain('new_country');
  });

  it('MFA: wrong tries that come thick from a system are noticed at a code and a passkey too', async () => {
    const member = await memberIn(lyon);
    const passkey = await enrolPasskey(member);
    const asn = String(64_512 + Math.floor(Math.random() * 1000));
    const until = Math.floor((await cloudNow(brand)) / 1000) + 900;
    const alert = { scope: 'misses-asn', hash: asn, level: 1, until, ttl: until + 3600 };
    await putItem(brand, 'Sessions', { pk: 'ALERT#now', sk: `misses-asn#${asn}`, ...alert });
    // A function remembers for ten seconds what it has read.
    await advance(brand, 11);
    const there = { ...lyon, 'cloudfront-viewer-asn': asn };
    const elsewhere = newVisitor(brand);
    const credential = passkey.get(await requestOptionsOf(elsewhere));
    const body = { client_id: elsewhere.client, credential };
    const signedIn = await elsewhere.post('/v1/login/passkey', body, { headers: there });
    expect(signedIn.status, signedIn.text).toBe(200);
    expect((await weighed(member)).reasons).toContain('velocity_asn');

    const plain = await memberIn(lyon);
    const byMail = await byCode(newVisitor(brand), plain, there);
    expect(byMail.status, byMail.text).toBe(200);
    expect((await weighed(plain)).reasons).toContain('velocity_asn');
  });
});
