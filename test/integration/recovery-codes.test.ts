import { beforeAll, describe, expect, it } from 'vitest';
import { awaitEvent, cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { awaitMail, mailsTo } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { follow, formTo, send, signInOnPages } from './support/pages.ts';
import { nextWindow } from './support/rate-windows.ts';
import { partition } from './support/tables.ts';
import { newVisitor, randomEmail } from './support/visitor.ts';

const brand = 'northwind';
const list = '/v1/account/authenticators';
const minutes = { window: 900 };

/** Sign-ins that wait for their second factor, each in its own browser: as many as a window has free tries. */
async function pending({ email, password }: Member) {
  await nextWindow(brand, minutes);
  const flows: string[] = [];
  while (flows.length < 9) flows.push((await firstFactor(newVisitor(brand), email, password)).flow);
  return flows;
}

/** A token of a session that a password began: mail would be worth nothing beside a factor (MFA8). */
const byPassword = async ({ email, password }: Member): Promise<string> =>
  (await signIn(newVisitor(brand), email, password)).json.access_token;

describe('recovery codes', () => {
  let member: Member;
  let codes: readonly string[];
  let token: string;
  const make = async () => member.visitor.post(`${list}/recovery-codes`, undefined, { token });
  const use = async (code = '') => {
    const visitor = newVisitor(brand);
    const { flow } = await firstFactor(visitor, member.email, member.password);
    return (await secondFactor(visitor, flow, 'recovery-code', code)).status;
  };
  beforeAll(async () => {
    member = await signUp(newVisitor(brand));
    token = await byPassword(member);
    expect((await make()).status).toBe(404);
    await enrolTotp(member, token);
    codes = (await make()).json.codes;
  });

  it('MFA6: ten, shown once, at rest by keyed hash; each once, and the person is told how many are left', async () => {
    expect(new Set(codes).size).toBe(10);
    expect(codes[0]).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    const stored = JSON.stringify(await partition(brand, 'Directory', `FACTOR#${member.sub}`));
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''));
    expect(await use('0000-0000-0000-0000')).toBe(400);
    expect([await use(codes[0]?.toLowerCase()), await use(codes[0])]).toEqual([200, 400]);
    expect(await awaitEvent(brand, 'recovery_code.used', member.sub)).toMatchObject({ data: { left: 9 } });
    await expect
      .poll(async () => (await mailsTo(member.email, brand)).some(({ subject }) => /recovery code/i.test(subject)))
      .toBe(true);
    const view = await member.visitor.get(list, { token });
    expect(view.json).toMatchObject({ recovery_codes: 9, authenticators: [{ id: 'totp', type: 'totp' }] });
  });

  it('MFA6: a new set kills the old one', async () => {
    const old = codes;
    codes = (await make()).json.codes;
    expect([await use(old[1]), await use(codes[1])]).toEqual([400, 200]);
  });

  it('MFA2, MFA6: of many uses at the same time one succeeds', async () => {
    const rival = await signUp(newVisitor(brand));
    const own = await byPassword(rival);
    const secret = await enrolTotp(rival, own);
    const [code = ''] = (await rival.visitor.post(`${list}/recovery-codes`, undefined, { token: own })).json.codes;
    const race = async (of: readonly string[], factor: string, text: string) => {
      const answers = await Promise.all(of.map((flow) => secondFactor(newVisitor(brand), flow, factor, text)));
      return answers.map(({ status }) => status).filter((status) => status === 200).length;
    };
    expect(await race(await pending(rival), 'recovery-code', code)).toBe(1);
    const flows = await pending(rival);
    const now = await cloudNow(brand);
    expect(await race(flows, 'totp', totpCode(secret, now))).toBe(1);
  });
});

describe('what protects an account', () => {
  it('MFA4: is changed on a recent sign-in at the highest level alone, and says what is missing (RFC 9470)', async () => {
    const member = await signUp(newVisitor(brand));
    const { access_token: early } = (await signIn(newVisitor(brand), member.email, member.password)).json;
    const token = await byPassword(member);
    await enrolTotp(member, token);
    const low = await member.visitor.ask('DELETE', `${list}/totp`, { token: early });
    expect(low.status).toBe(401);
    const challenge = low.headers.get('www-authenticate') ?? '';
    for (const part of ['error="insufficient_user_authentication"', 'acr_values="aal2"', 'max_age="600"']) {
      expect(challenge).toContain(part);
    }
    // EM1: nor does the password alone move what it protects.
    const moved = { email: randomEmail(), current_password: member.password };
    const changed = { current_password: member.password, new_password: 'nine quiet herons on a pier' };
    for (const [path, body] of [['email', moved] as const, ['password', changed] as const]) {
      const refused = await member.visitor.post(`/v1/account/${path}`, body, { token: early });
      expect([path, refused.json.code]).toEqual([path, 'recent_authentication_required']);
    }
    // The session that proved the factor by setting it up has the level.
    const codes = await member.visitor.post(`${list}/recovery-codes`, undefined, { token });
    expect(codes.status).toBe(201);
    const gone = await member.visitor.ask('DELETE', `${list}/totp?sign_out_others=true`, { token });
    expect(gone.status).toBe(204);
    await awaitEvent(brand, 'factor.removed', member.sub);
    expect((await signIn(newVisitor(brand), member.email, member.password)).status).toBe(200);
    // SES4: the other session ended, and the codes went with the last factor.
    expect((await member.visitor.get('/v1/account', { token: early })).status).toBe(401);
    expect(await partition(brand, 'Directory', `FACTOR#${member.sub}`)).toEqual([]);
    await awaitMail(member.email, 2, brand);
  });

  it('MFA3, SES2: is set up on the pages without a script; nobody is asked for what they have just proven', async () => {
    const member = await signUp(newVisitor(brand));
    const browser = newVisitor(brand);
    await signInOnPages(browser, member.email, member.password);
    const before = browser.cookies.get('__Host-session');
    const start = formTo(await browser.get('/account/security'), '/account/security/totp/start');
    const page = await follow(browser, await send(browser, start));
    const secret = /id="secret"[^>]*>([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replaceAll(' ', '') ?? '';
    expect(page.text).toContain('<svg');
    const now = await cloudNow(brand);
    const form = formTo(page, '/account/security/totp');
    expect((await send(browser, form, { code: '12345' })).text).toMatch(/id="code"[^>]*aria-invalid="true"/);
    const done = await send(browser, form, { code: totpCode(secret, now) });
    expect(done.headers.get('location')).toBe('/account/security?notice=added');
    expect(browser.cookies.get('__Host-session')).not.toBe(before);

    const left = await browser.get('/account/security/recovery-codes');
    const made = await send(browser, formTo(left, '/account/security/recovery-codes'));
    expect(made.status).toBe(200);
    expect(made.text.match(/<code>[0-9A-Z-]{19}<\/code>/g)).toHaveLength(10);
    expect(made.text).toContain('download=');
    const asked = await browser.get('/account/security/remove?authenticator=totp');
    const removed = await send(browser, formTo(asked, '/account/security/remove'), { others: 'yes' });
    expect(removed.headers.get('location')).toBe('/account/security?notice=removed');
    expect(await partition(brand, 'Directory', `FACTOR#${member.sub}`)).toEqual([]);
    expect((await browser.get('/account')).status).toBe(200);
  });
});
