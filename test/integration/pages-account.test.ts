import { beforeEach, describe, expect, it } from 'vitest';
import { isTaken } from './support/client-requests.ts';
import { advance, awaitEvent } from './support/cloud-desk.ts';
import { awaitMail, codeOf, mailsTo, wrongCode } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { authorizationPath, follow, formsOf, formTo, redeem, send, signInOnPages } from './support/pages.ts';
import { type Answer, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

const recent = { northwind: 600, solmar: 900 } as const;
const fresh = 'nine quiet herons on a pier';

/** Where an answer leads. */
const toward = ({ headers }: Answer) => headers.get('location');

describe.each(['northwind', 'solmar'] as const)('the account pages of %s', (brand) => {
  let member: Member;
  let browser: Visitor;
  beforeEach(async () => {
    member = await signUp(newVisitor(brand));
    browser = newVisitor(brand);
    await signInOnPages(browser, member.email, member.password);
  });

  const isIn = async (visitor: Visitor) => (await visitor.get('/account')).status === 200;
  const change = async (filled: Readonly<Record<string, string>>) =>
    send(browser, formTo(await browser.get('/account/password'), '/account/password'), filled);
  /** Asks for a change of address and follows to the page of its code. */
  const startChange = async (email: string, visitor = browser, filled: Readonly<Record<string, string>> = {}) => {
    const form = formTo(await visitor.get('/account/email'), '/account/email');
    return follow(visitor, await send(visitor, form, { username: email, ...filled }));
  };

  it('SES4: the password is changed on the word of the current one; every other session ends, this one stays', async () => {
    const elsewhere = newVisitor(brand);
    await signInOnPages(elsewhere, member.email, member.password);

    const wrong = await change({ current_password: 'not it at all, sorry', password: fresh });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toMatch(/id="current_password"[^>]*aria-invalid="true"/);
    const short = await change({ current_password: member.password, password: 'short' });
    expect(short.text).toMatch(/id="password"[^>]*aria-invalid="true"/);
    expect((await change({ password: fresh })).status).toBe(400);
    expect(await isIn(elsewhere)).toBe(true);

    const changed = await change({ current_password: member.password, password: fresh });
    expect(toward(changed)).toBe('/account?notice=password');
    expect((await follow(browser, changed)).text).toContain('role="status"');
    expect([await isIn(browser), await isIn(elsewhere)]).toEqual([true, false]);
    expect(await isTaken(member.visitor, member.tokens.access_token)).toBe(false);
    expect((await signIn(newVisitor(brand), member.email, member.password)).status).toBe(401);
    expect((await signIn(newVisitor(brand), member.email, fresh)).status).toBe(200);
    await awaitMail(member.email, 2, brand);
    await awaitEvent(brand, 'password.changed', member.sub);
  });

  it('EM2: the address moves when the mailed code is entered; until then nothing changes', async () => {
    const elsewhere = newVisitor(brand);
    await signInOnPages(elsewhere, member.email, member.password);
    const email = randomEmail();
    expect((await send(browser, formTo(await browser.get('/account/email'), '/account/email'))).status).toBe(400);
    const page = await startChange(email);
    expect(page.text).toContain(email);
    const code = codeOf(await awaitMail(email, 1, brand));
    const missed = await send(browser, formTo(page, '/account/email/code'), { code: wrongCode(code) });
    expect(missed.status).toBe(400);
    expect((await browser.get('/account')).text).toContain(member.email);
    expect(await isIn(elsewhere)).toBe(true);

    const moved = await send(browser, formTo(missed, '/account/email/code'), { code });
    expect(toward(moved)).toBe('/account?notice=email');
    expect((await follow(browser, moved)).text).toContain(email);
    expect(await isIn(elsewhere)).toBe(false);
    expect((await signIn(newVisitor(brand), member.email, member.password)).status).toBe(401);
    expect((await signIn(newVisitor(brand), email, member.password)).status).toBe(200);
    const again = await send(browser, formTo(missed, '/account/email/code'), { code });
    expect(again.status).toBe(410);
  });

  it('EM2, EM5: a change is stopped on its page, by whoever asked for it alone', async () => {
    const email = randomEmail();
    const page = await startChange(email);
    const code = codeOf(await awaitMail(email, 1, brand));
    const { journey = '' } = formTo(page, '/account/email/cancel').fields;
    const stranger = newVisitor(brand);
    const other = await signUp(newVisitor(brand));
    await signInOnPages(stranger, other.email, other.password);
    const own = formTo(await startChange(randomEmail(), stranger), '/account/email/cancel');
    await send(stranger, own, { journey });
    const taken = await send(stranger, { ...own, action: '/account/email/code' }, { journey, code });
    expect(taken.status).toBe(410);
    expect((await stranger.get('/account')).text).toContain(other.email);

    const kept = await send(browser, formTo(page, '/account/email/cancel'));
    expect(toward(kept)).toBe('/account?notice=kept');
    expect((await send(browser, formTo(page, '/account/email/code'), { code })).status).toBe(410);
    expect((await browser.get('/account')).text).toContain(member.email);
    await awaitEvent(brand, 'email_change.cancelled', member.sub);
  });

  it('EM3, EM4: whoever has the address first has it', async () => {
    const email = randomEmail();
    const rival = await signUp(newVisitor(brand));
    const other = newVisitor(brand);
    await signInOnPages(other, rival.email, rival.password);
    const [mine, theirs] = [await startChange(email), await startChange(email, other)];
    const mails = await awaitMail(email, 2, brand).then(() => mailsTo(email, brand));
    const codes = mails.map(codeOf);
    const answers = await Promise.all([
      ...codes.map((code) => send(browser, formTo(mine, '/account/email/code'), { code })),
      ...codes.map((code) => send(other, formTo(theirs, '/account/email/code'), { code })),
    ]);
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  it('EM1: a sign-in of long ago asks for the password; for nothing else than that', async () => {
    await advance(brand, recent[brand] + 60);
    const form = formTo(await browser.get('/account/email'), '/account/email');
    expect(form.fields).toHaveProperty('current_password');
    const email = randomEmail();
    const { current_password: _, ...without } = form.fields;
    const bare = await send(browser, { ...form, fields: without }, { username: email });
    expect(bare.status).toBe(400);
    expect((await send(browser, form, { username: email, current_password: 'wrong' })).status).toBe(400);
    expect(await mailsTo(email, brand)).toEqual([]);
    const page = await startChange(email, browser, { current_password: member.password });
    expect(page.text).toContain(email);
  });

  it('WEB3: whoever has to sign in comes back to the page of the account that they wanted', async () => {
    const visitor = newVisitor(brand);
    const asked = await visitor.get('/account/sessions');
    expect(toward(asked)).toBe('/sign-in?back=%2Faccount%2Fsessions');
    const back = await signInOnPages(visitor, member.email, member.password, toward(asked) ?? '');
    expect(toward(back)).toBe('/account/sessions');
  });

  it('SES8: browsers and applications are listed and ended one by one, this one is marked', async () => {
    const elsewhere = newVisitor(brand);
    await signInOnPages(elsewhere, member.email, member.password);
    const list = await browser.get('/account/sessions');
    expect(list.text.match(/class="badge"/g)).toHaveLength(1);
    const others = formsOf(list).filter(({ action }) => action === '/account/sessions');
    expect(others).toHaveLength(2);
    const stranger = await signUp(newVisitor(brand));
    const strange = newVisitor(brand);
    await signInOnPages(strange, stranger.email, stranger.password);
    for (const form of others) {
      const { csrf = '' } = formTo(await strange.get('/account/sessions'), '/account/sign-out').fields;
      expect((await send(strange, form, { csrf })).status).toBe(404);
    }
    expect([await isIn(elsewhere), await isTaken(member.visitor, member.tokens.access_token)]).toEqual([true, true]);
    for (const form of others) expect((await send(browser, form)).status).toBe(303);
    expect([await isIn(elsewhere), await isTaken(member.visitor, member.tokens.access_token)]).toEqual([false, false]);
    expect(await isIn(browser)).toBe(true);
  });

  it('SES8: the end of a browser’s session is the end of what its applications got from it', async () => {
    const elsewhere = newVisitor(brand);
    const consents = formsOf(await browser.get('/account/consents')).filter(({ fields }) => fields.granted === 'yes');
    for (const form of consents) await send(browser, form);
    const code = await follow(
      elsewhere,
      await signInOnPages(elsewhere, member.email, member.password, authorizationPath(elsewhere)),
    );
    const { json: tokens } = await redeem(elsewhere, code);
    expect(await isTaken(elsewhere, tokens.access_token)).toBe(true);
    const list = await browser.get('/account/sessions');
    const ends = formsOf(list).filter(({ action }) => action === '/account/sessions');
    const [theirs] = ends;
    if (theirs) await send(browser, theirs);
    expect(await isIn(elsewhere)).toBe(false);
    await expect.poll(() => isTaken(elsewhere, tokens.access_token), { timeout: 10_000 }).toBe(false);
  });
});
