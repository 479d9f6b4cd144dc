import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyCode } from './support/assets.ts';
import { facts } from './support/brand-facts.ts';
import { firstFactor } from './support/factors.ts';
import { withOverrides } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo, wrongCode } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { follow, formTo, send, signInOnPages } from './support/pages.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { itemsUnder } from './support/tables.ts';
import { type Answer, newVisitor, type Visitor } from './support/visitor.ts';

/** A Spanish mobile number that no other test has. */
const randomNumber = () => `+346${randomInt(10_000_000, 99_999_999)}`;
const textsTo = (number: string) => mailsTo(number, 'solmar');
const awaitText = (number: string, count = 1) => awaitMail(number, count, 'solmar');

interface WithPhone extends Member {
  readonly number: string;
}

async function prove(member: Member, number: string): Promise<Answer> {
  const { visitor, tokens } = member;
  const token = tokens.access_token;
  const before = (await textsTo(number)).length;
  const started = await visitor.post('/v1/account/phone', { phone: number }, { token });
  expect(started.status, started.text).toBe(202);
  const code = codeOf(await awaitText(number, before + 1));
  return visitor.post(`/v1/account/phone/${started.json.flow}`, { code }, { token });
}

/** Somebody at the brand that texts, with a number that they have proven. */
async function member(): Promise<WithPhone> {
  const somebody = await signUp(newVisitor('solmar'), { consents: [{ purpose: 'terms', granted: true }] });
  const number = randomNumber();
  expect((await prove(somebody, number)).status).toBe(200);
  return { ...somebody, number };
}

/** Asks for a code by text; the gateway's own throttle of the route, which names no code, is waited for. */
async function startText(visitor: Visitor, phone: string): Promise<Answer> {
  const answer = await visitor.post('/v1/login/text', { client_id: visitor.client, phone });
  if (answer.status !== 429 || answer.json.code !== undefined) return answer;
  await sleep(250);
  return startText(visitor, phone);
}

describe('a number of an account', () => {
  it('EM2: counts from the moment its code is given, and is told by mail', async () => {
    const { visitor, email, tokens } = await signUp(newVisitor('solmar'));
    const token = tokens.access_token;
    const number = randomNumber();
    const started = await visitor.post('/v1/account/phone', { phone: number.replace(/(\d{3})/g, '$1 ') }, { token });
    const text = await awaitText(number);
    expect(text.from).toBe('Solmar');
    expect(text.text).toContain(`@${new URL(visitor.origin).hostname} #${codeOf(text)}`);
    const unproven = { phone_number_verified: false, code_channel: 'mail' };
    expect((await visitor.get('/v1/account/phone', { token })).json).toEqual(unproven);

    const path = `/v1/account/phone/${started.json.flow}`;
    const wrong = await visitor.post(path, { code: wrongCode(codeOf(text)) }, { token });
    expect(wrong.json.code).toBe('code_invalid');
    const races = await Promise.all([1, 2, 3].map(() => visitor.post(path, { code: codeOf(text) }, { token })));
    expect(races.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await visitor.get('/v1/account/phone', { token })).json).toMatchObject({
      phone_number: number,
      phone_number_verified: true,
    });
    expect((await awaitMail(email, 2, 'solmar')).tags?.kind).toBe('factor-added');
  });

  it('EM4, EM5: the first to prove it has it, and nobody proves with the flow of another', async () => {
    const one = await member();
    const two = await signUp(newVisitor('solmar'));
    expect((await prove(two, one.number)).json.code).toBe('identifier_taken');
    const token = two.tokens.access_token;
    const number = randomNumber();
    const started = await two.visitor.post('/v1/account/phone', { phone: number }, { token });
    const code = codeOf(await awaitText(number));
    const other = await signUp(newVisitor('solmar'));
    const stolen = await other.visitor.post(
      `/v1/account/phone/${started.json.flow}`,
      { code },
      { token: other.tokens.access_token },
    );
    expect(stolen.json.code).toBe('flow_expired');
  });

  it('VC4: its code signs nobody in, and a sign-in code proves no number', async () => {
    const { number } = await member();
    const { visitor, tokens } = await signUp(newVisitor('solmar'));
    const token = tokens.access_token;
    const started = await startText(visitor, number);
    const code = codeOf(await awaitText(number, 2));
    const crossed = await visitor.post(`/v1/account/phone/${started.json.flow}`, { code }, { token });
    expect(crossed.json.code).toBe('flow_expired');
  });

  it('RL3: fixed lines, premium numbers and other countries are refused before anything is counted or sent', async () => {
    const { visitor, tokens } = await signUp(newVisitor('solmar'));
    for (const phone of ['+34912345678', '+34803123456', '+4915123456789', '612345678', 'x']) {
      const refused = await visitor.post('/v1/account/phone', { phone }, { token: tokens.access_token });
      expect([refused.status, refused.json.code]).toEqual([400, 'field_invalid']);
    }
  });

  it('RL3: one number gets only so many texts, whoever asks and by whatever way', async () => {
    await roomyWindow('solmar', { window: 3600 });
    const { number, email, password } = await member();
    const { perNumber } = facts.solmar.authentication.sms ?? { perNumber: { max: 0 } };
    for (let turn = 0; turn < 3; turn++) expect((await startText(newVisitor('solmar'), number)).status).toBe(202);
    // The text is the strongest second factor: each sign-in sends one by itself.
    const copy = copyCode('solmar', 'login');
    try {
      copy.rewriteBrand((text) => text.replace('"secondFactor":"risk-based"', '"secondFactor":"optional"'));
      await withOverrides('solmar', 'login', { code: copy.code }, async () => {
        for (let turn = 0; turn < 5; turn++) await firstFactor(newVisitor('solmar'), email, password);
      });
    } finally {
      copy.remove();
    }
    const count = async () => (await textsTo(number)).length;
    await expect.poll(count, { timeout: 10_000 }).toBe(perNumber.max);
    await sleep(500);
    expect(await count()).toBe(perNumber.max);
  });

  it('RL3: numbers of nobody use up no range: whoever owns a number of it gets a text', async () => {
    await roomyWindow('solmar', { window: 3600 });
    const { number } = await member();
    const near = (at: number) => `${number.slice(0, -4)}${String(at).padStart(4, '0')}`;
    const { perPrefix } = facts.solmar.authentication.sms ?? { perPrefix: { max: 0 } };
    const strangers = Array.from({ length: perPrefix.max + 1 }, (_, at) => near(at)).filter((each) => each !== number);
    for (let from = 0; from < strangers.length; from += 10) {
      const some = strangers.slice(from, from + 10);
      const answers = await Promise.all(some.map((each) => startText(newVisitor('solmar'), each)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    }
    expect((await startText(newVisitor('solmar'), number)).status).toBe(202);
    await awaitText(number, 2);
  });

  it('RL3: one network asks for only so many', async () => {
    await roomyWindow('solmar', { window: 3600 });
    const { perIp } = facts.solmar.authentication.sms ?? { perIp: { max: 0 } };
    const visitor = newVisitor('solmar');
    const statuses: number[] = [];
    for (let at = 0; at <= perIp.max; at++) statuses.push((await startText(visitor, randomNumber())).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.at(-1)).toBe(429);
  });

  it('a brand that sends no texts has none of it', async () => {
    const { visitor, tokens } = await signUp(newVisitor('northwind'));
    const phone = randomNumber();
    const asked = await visitor.post('/v1/account/phone', { phone }, { token: tokens.access_token });
    expect(asked.status).toBe(404);
    expect((await startText(visitor, phone)).status).toBe(404);
  });
});

describe('signing in by text', () => {
  it('LOG1: the same answer for a number of nobody, and no text; the owner gets a code and is in', async () => {
    const { visitor, number, sub } = await member();
    const stranger = randomNumber();
    const [known, unknown] = [await startText(visitor, number), await startText(visitor, stranger)];
    expect([unknown.status, Object.keys(unknown.json)]).toEqual([known.status, Object.keys(known.json)]);
    const code = codeOf(await awaitText(number, 2));
    const browser = newVisitor('solmar');
    const signedIn = await browser.post(`/v1/login/code/${known.json.flow}`, { code });
    expect(signedIn.status, signedIn.text).toBe(200);
    const claims = JSON.parse(Buffer.from(signedIn.json.id_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ sub, acr: 'aal1', amr: ['sms'] });
    expect((await browser.post(`/v1/login/code/${known.json.flow}`, { code })).status).toBe(410);
    await sleep(300);
    expect(await textsTo(stranger)).toEqual([]);
  });

  it('on the pages a number is as good as an address, and never stands in one', async () => {
    const { number } = await member();
    const visitor = newVisitor('solmar');
    const first = await visitor.get('/sign-in');
    const asked = await send(visitor, formTo(first, '/sign-in'), { username: number });
    expect(decodeURIComponent(asked.headers.get('location') ?? '')).not.toContain(number.slice(-8));
    const entry = await follow(visitor, asked);
    expect(entry.text).toContain(`+34 •••• ${number.slice(-2)}`);
    const code = codeOf(await awaitText(number, 2));
    const done = await send(visitor, formTo(entry, '/sign-in/code'), { code });
    expect(done.headers.get('location')).toBe('/account');
    expect((await visitor.get('/account')).text).toContain('/account/phone');
  });

  it('who prefers texts gets the codes for their address there, and mail again when the number is gone', async () => {
    const { visitor, email, number, tokens } = await member();
    const token = tokens.access_token;
    const ask = (path: string, json: unknown) => visitor.ask('PUT', path, { json, token });
    expect((await ask('/v1/account/code-channel', { channel: 'text' })).json.code_channel).toBe('text');
    const started = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
    const code = codeOf(await awaitText(number, 2));
    expect((await mailsTo(email, 'solmar')).filter(({ tags }) => tags?.kind === 'sign-in-code')).toEqual([]);
    const signedIn = await newVisitor('solmar').post(`/v1/login/code/${started.json.flow}`, { code });
    expect(signedIn.status).toBe(200);

    // The address was what was asked for: the proof counts as mail does, which is for less (MFA8).
    const claims = JSON.parse(Buffer.from(signedIn.json.id_token.split('.')[1], 'base64url').toString());
    expect(claims.amr).toEqual(['otp']);
    expect((await ask('/v1/account/code-channel', { channel: 'mail' })).json.code_channel).toBe('mail');
  });
});

describe('RL3: codes that are used are counted beside the texts of their range', () => {
  /** Codes by text that were used, in all ranges and windows. */
  const used = async () =>
    (await itemsUnder('solmar', 'Sessions', 'RATE#texts-range#')).reduce(
      (sum, { nUsed = 0, provenUsed = 0 }) => sum + nUsed + provenUsed,
      0,
    );
  const until = (count: number) => expect.poll(used, { timeout: 10_000 }).toBe(count);

  it('a proof of a number, a sign-in by it, a second factor, a code for an address whose owner prefers texts', async () => {
    const before = await used();
    const owner = await member();
    await until(before + 1);
    const { number, email, password, tokens } = owner;
    const known = await startText(newVisitor('solmar'), number);
    const signIn = (flow: string, code: string) => newVisitor('solmar').post(`/v1/login/code/${flow}`, { code });
    await signIn(known.json.flow, codeOf(await awaitText(number, 2)));
    await until(before + 2);

    const browser = newVisitor('solmar');
    await signInOnPages(browser, email, password);
    const page = await follow(browser, await browser.get('/sign-in/second-factor'));
    const asked = await follow(browser, await send(browser, formTo(page, '/sign-in/second-factor/code')));
    await send(browser, formTo(asked, '/sign-in/second-factor'), { code: codeOf(await awaitText(number, 3)) });
    await until(before + 3);

    const channel = { json: { channel: 'text' }, token: tokens.access_token };
    await owner.visitor.ask('PUT', '/v1/account/code-channel', channel);
    const started = await owner.visitor.post('/v1/login/code', { client_id: owner.visitor.client, email });
    await signIn(started.json.flow, codeOf(await awaitText(number, 4)));
    await until(before + 4);

    // A password alone, and a mailed code of somebody without a number, use no text.
    const other = await signUp(newVisitor('solmar'));
    const mailed = await other.visitor.post('/v1/login/code', { client_id: other.visitor.client, email: other.email });
    await signIn(mailed.json.flow, codeOf(await awaitMail(other.email, 2, 'solmar')));
    await sleep(600);
    expect(await used()).toBe(before + 4);
  });
});

describe('MFA1: a text as second factor', () => {
  /** A session by password, on the way to the second factor that a client may ask for. */
  async function secondStep({ email, password }: Member) {
    const visitor = newVisitor('solmar');
    await signInOnPages(visitor, email, password);
    return { visitor, page: await follow(visitor, await visitor.get('/sign-in/second-factor')) };
  }
  const sendACode = '/sign-in/second-factor/code';

  it('RL3, WEB5: a page that is opened texts nothing, however often; its button does, once', async () => {
    const owner = await member();
    const { visitor, page } = await secondStep(owner);
    for (let turn = 0; turn < 11; turn++) {
      await follow(visitor, await visitor.get('/sign-in/second-factor'));
      expect((await visitor.get('/sign-in/second-factor?factor=sms')).status).toBe(303);
    }
    await sleep(500);
    expect(await textsTo(owner.number)).toHaveLength(1);
    const asked = await follow(visitor, await send(visitor, formTo(page, sendACode)));
    const code = codeOf(await awaitText(owner.number, 2));
    const passed = await send(visitor, formTo(asked, '/sign-in/second-factor'), { code });
    expect(passed.status, passed.text).toBe(303);
    await sleep(300);
    expect(await textsTo(owner.number)).toHaveLength(2);
  });

  it('raises a session by the code that was texted, once; MFA4: only then the number can go', async () => {
    const owner = await member();
    const { number, email, password } = owner;
    const low = await signIn(newVisitor('solmar'), email, password);
    expect(low.status).toBe(200);
    const kept = await owner.visitor.ask('DELETE', '/v1/account/phone', { token: low.json.access_token });
    expect([kept.status, kept.json.code]).toEqual([401, 'recent_authentication_required']);

    const { visitor, page } = await secondStep(owner);
    const asked = await follow(visitor, await send(visitor, formTo(page, sendACode)));
    const code = codeOf(await awaitText(number, 2));
    const form = formTo(asked, '/sign-in/second-factor');
    expect((await send(visitor, form, { code: wrongCode(code) })).status).toBe(400);
    const passed = await send(visitor, form, { code });
    expect(passed.status, passed.text).toBe(303);
    const account = await visitor.get('/account/phone');
    expect(account.status, account.text).toBe(200);
    const removed = await send(visitor, formTo(account, '/account/phone/remove'));
    expect(removed.status).toBe(303);
    await startText(newVisitor('solmar'), number);
    await sleep(300);
    expect(await textsTo(number)).toHaveLength(2);
  });
});
