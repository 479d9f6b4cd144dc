import { describe, expect, it } from 'vitest';
import { cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { awaitMailOfKind, codeOf, mailsOfKind, signInNotices } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { awaitNotices, notMeLinkOf, remembered, signInFrom } from './support/notices.ts';
import { follow, formTo, send, signInOnPages } from './support/pages.ts';
import { creationOptionsOf, enrolPasskey, requestOptionsOf, sendPasskey, signInByPasskey } from './support/passkeys.ts';
import { prove, randomNumber } from './support/phones.ts';
import { newSoftwarePasskey } from './support/software-authenticator.ts';
import { holdings, itemsUnder, partition, readItem } from './support/tables.ts';
import { type Answer, type BrandId, goodPassword, newVisitor, type Visitor } from './support/visitor.ts';

const list = '/v1/account/authenticators';
const next = `${goodPassword} again`;

const newMember = async (brand: BrandId = 'northwind') => {
  const fields = brand === 'solmar' ? { consents: [{ purpose: 'terms', granted: true }] } : {};
  const member = await signUp(newVisitor(brand), fields);
  await remembered(brand, member, 1);
  return member;
};

/** The form behind the link in the newest notice, in a browser that nothing is known of. */
async function notMeForm(member: Member, notices = 1) {
  const { brand } = member.visitor;
  const elsewhere = newVisitor(brand);
  const link = notMeLinkOf((await awaitNotices(brand, member, notices))[0]);
  const form = formTo(await elsewhere.get(link), '/recover/not-me');
  return { elsewhere, link, press: () => send(elsewhere, form) };
}

/** Sets another password with the code that the pressed link has mailed. */
async function reset(elsewhere: Visitor, pressed: Answer, { email, visitor }: Member): Promise<Answer> {
  expect(pressed.status).toBe(303);
  const code = codeOf(await awaitMailOfKind('recovery', email, 1, visitor.brand));
  const form = formTo(await follow(elsewhere, pressed), '/recover/password');
  return send(elsewhere, form, { code, password: next });
}

const factorsOf = async ({ sub, visitor }: Member) =>
  (await partition(visitor.brand, 'Directory', `FACTOR#${sub}`)).map(({ sk }) => sk);

describe('LOG5, MFA2: “this wasn’t me” takes back what came with the sign-in', () => {
  it('LOG5: passkey, app and recovery codes that an intruder has added are refused, and their owner is led to the list', async () => {
    const member = await newMember();
    const intruder = newVisitor();
    const tokens = (await signInFrom(intruder, member)).json;
    const theirs: Member = { ...member, visitor: intruder, tokens };
    const passkey = await enrolPasskey(theirs);
    const again = await signInByPasskey(intruder, passkey.get(await requestOptionsOf(intruder)));
    const strong = again.json.access_token;
    const secret = await enrolTotp(theirs, strong);
    const made = await intruder.post(`${list}/recovery-codes`, undefined, { token: strong });
    expect(made.status).toBe(201);
    const begun = await firstFactor(intruder, member.email, member.password);
    const { elsewhere, press } = await notMeForm(member);
    const saved = await reset(elsewhere, await press(), member);
    expect(saved.headers.get('location')).toMatch(/^\/sign-in\?.*back=%2Faccount%2Fsecurity%2Fpasskeys/);

    const tried = await signInByPasskey(intruder, passkey.get(await requestOptionsOf(intruder)));
    expect(tried.json.code).toBe('passkey_unknown');
    expect((await intruder.get('/v1/account', { token: strong })).status).toBe(401);
    expect(await factorsOf(member)).toEqual([]);
    const owners = await itemsUnder('northwind', 'Directory', 'PASSKEY#');
    expect(owners.filter(({ userId }) => userId === member.sub)).toEqual([]);
    const code = totpCode(secret, await cloudNow('northwind'));
    expect([400, 410]).toContain((await secondFactor(intruder, begun.flow, 'totp', code)).status);
    // Nothing asks for that app any more.
    expect((await signIn(newVisitor(), member.email, next)).status).toBe(200);
    const browser = newVisitor();
    const form = formTo(await follow(browser, saved), '/sign-in');
    const password = formTo(
      await follow(browser, await send(browser, form, { username: member.email })),
      '/sign-in/password',
    );
    const signedIn = await send(browser, password, { password: next });
    expect(signedIn.headers.get('location')).toBe('/account/security/passkeys');
  });

  it('LOG5: what the owner had before stays, and still works; what was added beside it goes', async () => {
    const member = await newMember();
    const secret = await enrolTotp(member);
    const intruder = newVisitor();
    const { flow } = await firstFactor(intruder, member.email, member.password);
    const passed = await secondFactor(intruder, flow, 'totp', totpCode(secret, await cloudNow('northwind')));
    expect(passed.status).toBe(200);
    const passkey = await enrolPasskey({ visitor: intruder, tokens: passed.json });
    const { elsewhere, press } = await notMeForm(member);
    await reset(elsewhere, await press(), member);
    expect(await factorsOf(member)).toEqual(['totp']);
    const tried = await signInByPasskey(intruder, passkey.get(await requestOptionsOf(intruder)));
    expect(tried.json.code).toBe('passkey_unknown');

    const home = newVisitor();
    const asked = await firstFactor(home, member.email, next);
    expect(asked.factors).toEqual(['totp']);
    const code = totpCode(secret, await cloudNow('northwind'), 1);
    expect((await secondFactor(home, asked.flow, 'totp', code)).status).toBe(200);
  });

  it('LOG5, EM4: a number that was proven since is nobody’s again, and codes go by mail', async () => {
    const member = await newMember('solmar');
    const intruder = newVisitor('solmar');
    const tokens = (await signInFrom(intruder, member)).json;
    const number = randomNumber();
    expect((await prove({ ...member, visitor: intruder, tokens }, number)).status).toBe(200);
    const before = await holdings('solmar', member.sub);
    expect((await partition('solmar', 'Directory', `FACTOR#${member.sub}`))[0]?.sk).toBe('phone');
    const { elsewhere, press } = await notMeForm(member);
    await reset(elsewhere, await press(), member);
    expect(await factorsOf(member)).toEqual([]);
    const signedIn = await signIn(newVisitor('solmar'), member.email, next);
    expect(signedIn.status).toBe(200);
    const view = await newVisitor('solmar').get('/v1/account/phone', { token: signedIn.json.access_token });
    expect(view.text).not.toContain(number.slice(-4));
    const after = await holdings('solmar', member.sub);
    expect(after.user?.version).toBe(Number(before.user?.version) + 1);
    expect(await readItem('solmar', 'Directory', `CRED#${after.identHash}`, 'factors')).not.toHaveProperty('sms');
    // Whoever it belongs to may prove it.
    expect((await prove(await newMember('solmar'), number)).status).toBe(200);
  });

  it('LOG5, MFA11: the intruder’s browser is a new one afterwards, whatever cookie it has', async () => {
    const member = await newMember();
    const intruder = newVisitor();
    await signInFrom(intruder, member);
    const { elsewhere, press } = await notMeForm(member);
    await remembered('northwind', member, 2);
    const { identHash } = await holdings('northwind', member.sub);
    const pressed = await press();
    expect(await readItem('northwind', 'Sessions', `SEEN#${identHash}`)).toBeUndefined();
    await reset(elsewhere, pressed, member);
    // Whoever has come by the next password too is told of again, once; then the browser is known.
    expect((await signInFrom(intruder, { ...member, password: next })).status).toBe(200);
    await awaitNotices('northwind', member, 2);
    await remembered('northwind', member, 3);
    expect((await signInFrom(intruder, { ...member, password: next })).status).toBe(200);
    await remembered('northwind', member, 4);
    expect(await signInNotices(member.email, 'northwind')).toHaveLength(2);
  });

  it('LOG5, MFA2: a passkey that is added at the very moment goes too, or is not added', async () => {
    const member = await newMember();
    const intruder = newVisitor();
    const token = (await signInFrom(intruder, member)).json.access_token;
    const { press } = await notMeForm(member);
    const made = await Promise.all(
      [1, 2, 3].map(async () => {
        const options = await creationOptionsOf(intruder, token);
        return newSoftwarePasskey({ origin: intruder.origin }).create(options);
      }),
    );
    const [pressed] = await Promise.all([press(), ...made.map((each) => sendPasskey(intruder, token, each))]);
    expect(pressed.status).toBe(303);
    expect(await factorsOf(member)).toEqual([]);
    const { identHash } = await holdings('northwind', member.sub);
    const summary = await readItem('northwind', 'Directory', `CRED#${identHash}`, 'factors');
    expect(summary).not.toHaveProperty('passkeys');
  });

  it('LOG5, VC2: pressed twice and ten times at once it is done once', async () => {
    const member = await newMember();
    await signInFrom(newVisitor(), member);
    const { press } = await notMeForm(member);
    const answers = await Promise.all(Array.from({ length: 10 }, press));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses[0]).toBe(303);
    expect(statuses.slice(1).every((status) => status === 410 || status === 503)).toBe(true);
    expect((await press()).status).toBe(410);
    await awaitMailOfKind('recovery', member.email, 1, 'northwind');
    expect(await mailsOfKind('recovery', member.email, 'northwind')).toHaveLength(1);
  });

  const leaving: Readonly<Record<string, (intruder: Visitor, member: Member) => Promise<unknown>>> = {
    'signed out': async (intruder) => {
      const form = formTo(await intruder.get('/oauth2/logout'), '/oauth2/logout/confirm');
      return send(intruder, form);
    },
    'signed in again in the same browser': (intruder, { email, password }) => signInOnPages(intruder, email, password),
  };

  it.each(Object.entries(leaving))('LOG5: the link works where the intruder has %s since', async (_, leave) => {
    const member = await newMember();
    const intruder = newVisitor();
    await signInOnPages(intruder, member.email, member.password);
    const { press } = await notMeForm(member);
    await leave(intruder, member);
    expect((await press()).status).toBe(303);
    expect((await signIn(newVisitor(), member.email, member.password)).status).toBe(401);
  });

  it('LOG5: the link works where its sign-in was ended by signing out everywhere', async () => {
    const member = await newMember();
    const tokens = (await signInFrom(newVisitor(), member)).json;
    const { press } = await notMeForm(member);
    const out = await newVisitor().ask('DELETE', '/v1/account/sessions', { token: tokens.access_token });
    expect(out.status, out.text).toBe(204);
    expect((await press()).status).toBe(303);
    expect((await signIn(newVisitor(), member.email, member.password)).status).toBe(401);
  });
});
