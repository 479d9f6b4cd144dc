import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { confirmAddressChange, startAddressChange } from './support/account-journeys.ts';
import { copyCode } from './support/assets.ts';
import { facts } from './support/brand-facts.ts';
import { advance } from './support/cloud-desk.ts';
import { firstFactor } from './support/factors.ts';
import { askDesk, eventually, withOverrides } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo, wrongCode } from './support/inbox.ts';
import { type Member, refresh, signIn, signUp } from './support/journeys.ts';
import { follow, formTo, send } from './support/pages.ts';
import {
  awaitText,
  bothProven,
  memberWithNumber,
  prove,
  randomNumber,
  startText,
  textsTo,
  type WithPhone,
} from './support/phones.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { itemsUnder, patchItem, readItem } from './support/tables.ts';
import { type Answer, newVisitor } from './support/visitor.ts';

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const raise = (what: string) => {
  throw new Error(what);
};

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
    const one = await memberWithNumber();
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
    const { number } = await memberWithNumber();
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
    const { number, email, password } = await memberWithNumber();
    const { perNumber } = facts.solmar.authentication.sms ?? { perNumber: { max: 0 } };
    for (let turn = 0; turn < 7; turn++) expect((await startText(newVisitor('solmar'), number)).status).toBe(202);
    // The text is the strongest second factor: each sign-in sends one by itself.
    const copy = copyCode('solmar', 'login');
    try {
      copy.rewriteBrand((text) => text.replace('"secondFactor":"risk-based"', '"secondFactor":"optional"'));
      await withOverrides('solmar', 'login', { code: copy.code }, async () => {
        for (let turn = 0; turn < 7; turn++) await firstFactor(newVisitor('solmar'), email, password);
      });
    } finally {
      copy.remove();
    }
    const count = async () => (await textsTo(number)).length;
    // So many that anybody asks for, and so many again for who has the password (RL7).
    await expect.poll(count, { timeout: 10_000 }).toBe(2 * perNumber.max);
    await sleep(500);
    expect(await count()).toBe(2 * perNumber.max);
  });

  it('RL3: numbers of nobody use up no range: whoever owns a number of it gets a text', async () => {
    await roomyWindow('solmar', { window: 3600 });
    const { number } = await memberWithNumber();
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
    const { visitor, number, sub } = await memberWithNumber();
    const stranger = randomNumber();
    const [known, unknown] = [await startText(visitor, number), await startText(visitor, stranger)];
    expect([unknown.status, Object.keys(unknown.json)]).toEqual([known.status, Object.keys(known.json)]);
    const code = codeOf(await awaitText(number, 2));
    const browser = newVisitor('solmar');
    const signedIn = await browser.post(`/v1/login/code/${known.json.flow}`, { code });
    expect(signedIn.status, signedIn.text).toBe(200);
    expect(claimsOf(signedIn.json.id_token)).toMatchObject({ sub, acr: 'aal1', amr: ['sms'] });
    expect((await browser.post(`/v1/login/code/${known.json.flow}`, { code })).status).toBe(410);
    await sleep(300);
    expect(await textsTo(stranger)).toEqual([]);
  });

  const phoneItem = ({ sub }: Member) => readItem('solmar', 'Directory', `FACTOR#${sub}`, 'phone');

  /** Begins a sign-in by text; what is left is to show the code. */
  async function textedTo({ number }: WithPhone) {
    const visitor = newVisitor('solmar');
    const before = (await textsTo(number)).length;
    const { json } = await startText(visitor, number);
    const code = codeOf(await awaitText(number, before + 1));
    return () => visitor.post(`/v1/login/code/${json.flow}`, { code });
  }

  it('DESIGN 3: takes four waves; after a change of address too, and asks for the factors that are filed there', async () => {
    const owner = await memberWithNumber();
    const { visitor } = owner;
    const wavesOf = async (answer: Answer) => {
      const id = answer.headers.get('x-local-request-id') ?? '';
      return (await askDesk('solmar', 'GET', `calls?request=${id}`))[0].waves;
    };
    await (await textedTo(owner))();
    const first = await (await textedTo(owner))();
    expect([first.status, await wavesOf(first)]).toEqual([200, 4]);

    const { access_token: token } = await bothProven(owner);
    const change = await startAddressChange(visitor, token);
    expect((await confirmAddressChange(visitor, token, change)).status).toBe(200);
    const { identHash: moved } = (await readItem('solmar', 'Directory', `USER#${owner.sub}`)) ?? {};
    const after = await (await textedTo(owner))();
    expect([after.status, claimsOf(after.json.id_token).sub, await wavesOf(after)]).toEqual([200, owner.sub, 4]);

    // MFA5: what is asked for is read at the address of now; a number that names another one signs nobody in.
    const { identHash } = (await phoneItem(owner)) ?? {};
    const number = await readItem('solmar', 'Directory', `IDENT#${identHash}`);
    expect(number?.address).toBe(moved);
    // The number has had the texts of its hour.
    await advance('solmar', 3600);
    const show = await textedTo(owner);
    await patchItem('solmar', 'Directory', `IDENT#${identHash}`, '#', { address: 'of-before' });
    expect((await show()).json.code).toBe('code_invalid');
  });

  it('EM4: the use of the number is noted in the same write, and a number that moved meanwhile signs nobody in', async () => {
    const owner = await memberWithNumber();
    expect(await phoneItem(owner)).not.toHaveProperty('lastUsedAt');
    expect((await (await textedTo(owner))()).status).toBe(200);
    const { lastUsedAt, identHash } = (await phoneItem(owner)) ?? {};
    expect(lastUsedAt).toEqual(expect.any(Number));

    const show = await textedTo(owner);
    await patchItem('solmar', 'Directory', `FACTOR#${owner.sub}`, 'phone', { identHash: 'of-another-number' });
    expect((await show()).json.code).toBe('flow_expired');
    await patchItem('solmar', 'Directory', `FACTOR#${owner.sub}`, 'phone', { identHash });
    expect((await (await textedTo(owner))()).status).toBe(200);
  });

  it('REC2: who signs in by text has not lost everything: a removal that waits is over', async () => {
    const owner = await memberWithNumber();
    const { visitor, email } = owner;
    const prove = async () => {
      const codes = async () => (await mailsTo(email, 'solmar')).filter(({ tags }) => tags?.kind === 'factor-recovery');
      const before = (await codes()).length;
      const { json } = await visitor.post('/v1/factor-recoveries', { client_id: visitor.client, email });
      const mail = await eventually(async () => (await codes()).at(-1 - before), 'the code of the recovery');
      const code = codeOf(mail);
      const answer = await visitor.post(`/v1/factor-recoveries/${json.flow}`, { code });
      return answer.json.state as string;
    };
    expect(await prove()).toBe('waiting');
    await awaitText(owner.number, 2);
    expect((await (await textedTo(owner))()).status).toBe(200);
    await advance('solmar', (facts.solmar.authentication.recovery?.delay ?? 0) + 60);
    expect(await prove()).toBe('waiting');
    expect((await phoneItem(owner))?.state).toBe('active');
  });

  it('on the pages a number is as good as an address, and never stands in one', async () => {
    const { number } = await memberWithNumber();
    const visitor = newVisitor('solmar');
    const first = await visitor.get('/sign-in');
    const asked = await send(visitor, formTo(first, '/sign-in'), { username: number });
    expect(decodeURIComponent(asked.headers.get('location') ?? '')).not.toContain(number.slice(-8));
    const typing = await follow(visitor, asked);
    expect(typing.text).toContain(`+34 •••• ${number.slice(-2)}`);
    const old = codeOf(await awaitText(number, 2));
    // VC6: a new one kills it.
    const entry = await follow(visitor, await send(visitor, formTo(typing, '/sign-in/code/start')));
    const code = codeOf(await awaitText(number, 3));
    if (old !== code) expect((await send(visitor, formTo(typing, '/sign-in/code'), { code: old })).status).toBe(400);
    const done = await send(visitor, formTo(entry, '/sign-in/code'), { code });
    expect(done.headers.get('location')).toBe('/account');
    expect((await visitor.get('/account')).text).toContain('/account/phone');
  });

  const choose = ({ visitor }: Member, channel: 'mail' | 'text', token: string) =>
    visitor.ask('PUT', '/v1/account/code-channel', { json: { channel }, token });

  it('MFA4, EM1: where codes go is chosen on a recent sign-in with both factors alone, and told by mail', async () => {
    const owner = await memberWithNumber();
    const { email, password } = owner;
    const low = await signIn(owner.visitor, email, password);
    const refused = await choose(owner, 'text', low.json.access_token);
    expect([refused.status, refused.json.code]).toEqual([401, 'recent_authentication_required']);
    const strong = await bothProven(owner);
    await advance('solmar', facts.solmar.lifetimes.recentAuthentication + 1);
    const renewed = await refresh(owner.visitor, strong.refresh_token);
    const late = await choose(owner, 'text', renewed.json.access_token);
    expect([late.status, late.json.code]).toEqual([401, 'recent_authentication_required']);
    const { access_token: fresh } = await bothProven(owner);
    expect((await choose(owner, 'text', fresh)).json.code_channel).toBe('text');
    const told = async () =>
      (await mailsTo(email, 'solmar')).filter(({ tags }) => tags?.kind === 'code-channel-changed').length;
    await eventually(async () => ((await told()) === 1 ? true : undefined), 'the notice');
    // What is so already is no change.
    expect((await choose(owner, 'text', fresh)).status).toBe(200);
    expect((await choose(owner, 'mail', fresh)).json.code_channel).toBe('mail');
    await eventually(async () => ((await told()) === 2 ? true : undefined), 'the other notice');
  });

  it('MFA5, MFA8: who prefers texts gets the codes for their address there: the number is proven, and is not its own second', async () => {
    const owner = await memberWithNumber();
    const { visitor, email, number } = owner;
    const { access_token: token } = await bothProven(owner);
    const ask = async () => {
      const before = (await textsTo(number)).length;
      const { json } = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
      return { flow: json.flow, code: codeOf(await awaitText(number, before + 1)) };
    };
    const begunBefore = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
    const mailed = async () => (await mailsTo(email, 'solmar')).filter(({ tags }) => tags?.kind === 'sign-in-code');
    const [mail] = await eventually(async () => ((await mailed()).length > 0 ? mailed() : undefined), 'the mail');
    expect((await choose(owner, 'text', token)).json.code_channel).toBe('text');

    // A code that had gone by mail before stays the lesser proof.
    const lesser = await newVisitor('solmar').post(`/v1/login/code/${begunBefore.json.flow}`, {
      code: codeOf(mail ?? raise('no mail')),
    });
    expect(claimsOf(lesser.json.id_token).amr).toEqual(['otp']);

    const { flow, code } = await ask();
    expect(await mailed()).toHaveLength(1);
    const signedIn = await newVisitor('solmar').post(`/v1/login/code/${flow}`, { code });
    expect(claimsOf(signedIn.json.id_token)).toMatchObject({ acr: 'aal1', amr: ['sms'] });
    const { lastUsedAt } = (await phoneItem(owner)) ?? {};
    expect(lastUsedAt).toEqual(expect.any(Number));

    // MFA5: an application that wants two factors asks for none that the same number would answer.
    const page = newVisitor('solmar');
    const first = formTo(await page.get('/sign-in'), '/sign-in');
    const entry = await follow(page, await send(page, first, { username: email }));
    const before = (await textsTo(number)).length;
    const asked = await follow(page, await send(page, formTo(entry, '/sign-in/code/start')));
    const again = codeOf(await awaitText(number, before + 1));
    await send(page, formTo(asked, '/sign-in/code'), { code: again });
    const step = await page.get('/sign-in/second-factor');
    expect(step.headers.get('location')).toMatch(/^\/sign-in\?/);

    expect((await choose(owner, 'mail', token)).json.code_channel).toBe('mail');
  });
});

describe('RL3: codes that are used are counted beside the texts of their range', () => {
  const ranges = () => itemsUnder('solmar', 'Sessions', 'RATE#texts-range#');
  const keyOf = ({ pk, sk }: { readonly [name: string]: unknown }) => `${pk} ${sk}`;

  it('a proof of a number, a sign-in by it, a second factor, a code for an address whose owner prefers texts', async () => {
    // Uses by the tests before this one may still be on their way, to the counters of their own numbers.
    const others = new Set((await ranges()).map(keyOf));
    const used = async () =>
      (await ranges())
        .filter((item) => !others.has(keyOf(item)))
        .reduce((sum, { nUsed = 0, provenUsed = 0 }) => sum + nUsed + provenUsed, 0);
    const until = (count: number) => expect.poll(used, { timeout: 10_000 }).toBe(count);

    const owner = await memberWithNumber();
    await until(1);
    const { number, email } = owner;
    const known = await startText(newVisitor('solmar'), number);
    const signIn = (flow: string, code: string) => newVisitor('solmar').post(`/v1/login/code/${flow}`, { code });
    await signIn(known.json.flow, codeOf(await awaitText(number, 2)));
    await until(2);

    const { access_token: token } = await bothProven(owner);
    await until(3);

    const channel = { json: { channel: 'text' }, token };
    await owner.visitor.ask('PUT', '/v1/account/code-channel', channel);
    const started = await owner.visitor.post('/v1/login/code', { client_id: owner.visitor.client, email });
    await signIn(started.json.flow, codeOf(await awaitText(number, 4)));
    await until(4);

    // A password alone, and a mailed code of somebody without a number, use no text.
    const other = await signUp(newVisitor('solmar'));
    const mailed = await other.visitor.post('/v1/login/code', { client_id: other.visitor.client, email: other.email });
    await signIn(mailed.json.flow, codeOf(await awaitMail(other.email, 2, 'solmar')));
    await sleep(600);
    expect(await used()).toBe(4);
  });
});
