import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askDesk, eventually, failing, withFault } from './support/faults.ts';
import { allLogLines } from './support/function-logs.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, signUp } from './support/journeys.ts';
import { follow, formTo, send, signInOnPages } from './support/pages.ts';
import { bothProven, randomNumber, textsTo } from './support/phones.ts';
import { deadLettersOf, published } from './support/stream-records.ts';
import { type Item, itemsUnder, readItem } from './support/tables.ts';
import { newVisitor } from './support/visitor.ts';

const brand = 'solmar';
/** A number that the local service knows to be none: six noughts at its end. */
const deadNumber = () => `+346${randomInt(10, 100)}000000`;

async function ask({ visitor, tokens }: Member, number: string) {
  const token = tokens.access_token;
  const before = (await textsTo(number)).length;
  const started = await visitor.post('/v1/account/phone', { phone: number }, { token });
  expect(started.status, started.text).toBe(202);
  const text = await awaitMail(number, before + 1, brand);
  const path = `/v1/account/phone/${started.json.flow}`;
  return { text, prove: () => visitor.post(path, { code: codeOf(text) }, { token }) };
}

/** Somebody with a number that they have proven, and the hash that it goes by. */
async function member(number = randomNumber()) {
  const somebody = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
  const { text, prove } = await ask(somebody, number);
  expect((await prove()).status).toBe(200);
  const { identHash } = (await readItem(brand, 'Sessions', `TEXT#${text.id}`)) ?? {};
  return { ...somebody, number, text, identHash: String(identHash) };
}

const markOf = (identHash: string) => readItem(brand, 'Directory', `SUPPRESS#${identHash}`);
const byText = async (number: string) => {
  const visitor = newVisitor(brand);
  expect((await visitor.post('/v1/login/text', { client_id: visitor.client, phone: number })).status).toBe(202);
};

/** What the service reports of a text, as its rule wants it: of this deployment's protect configuration. */
async function report(messageId: string, messageStatus: string, more: Item = {}) {
  const all: readonly { event: { source: string; detail: Item } }[] = await askDesk(brand, 'GET', 'events');
  const known = all.find(({ event }) => event.source === 'aws.sms-voice')?.event.detail;
  const detail = { ...known, messageId, messageStatus, eventType: `TEXT_${messageStatus}`, ...more };
  await askDesk(brand, 'POST', 'events', {
    source: 'aws.sms-voice',
    'detail-type': 'Text Message Delivery Status Updated',
    detail,
  });
}

describe('F13: what became of a text', () => {
  it('F13: a text is known by its id for four days, and leaves a line with status, country and price', async () => {
    const { text, number, identHash } = await member();
    const kept = await readItem(brand, 'Sessions', `TEXT#${text.id}`);
    expect(Object.keys(kept ?? {}).toSorted()).toEqual(['at', 'identHash', 'pk', 'sk', 'ttl']);
    expect(Number(kept?.ttl) - Number(kept?.at) / 1000).toBeCloseTo(4 * 86_400, -1);
    const line = () => allLogLines(brand).find((each) => each.includes('"text.status"') && each.includes(text.id));
    await expect.poll(line, { timeout: 10_000 }).toBeDefined();
    expect(JSON.parse(line() ?? '{}')).toMatchObject({ status: 'DELIVERED', country: 'ES', price: expect.any(Number) });
    expect(await markOf(identHash)).toBeUndefined();
    expect(allLogLines(brand).join('\n')).not.toContain(number.slice(1));
  });

  it('F13: twice and out of order: one state, one event; DELIVERED after INVALID takes nothing back', async () => {
    const { sub, number, identHash } = await member();
    await byText(number);
    const later = await awaitMail(number, 2, brand);
    for (const status of ['DELIVERED', 'INVALID', 'DELIVERED', 'INVALID']) await report(later.id, status);
    const mark = await markOf(identHash);
    const { at } = (await readItem(brand, 'Sessions', `TEXT#${later.id}`)) ?? {};
    expect(mark).toMatchObject({ invalidAt: at });
    const told = async () => (await published(brand, sub)).filter(({ type }) => type === 'phone.invalid');
    await expect.poll(async () => (await told()).length, { timeout: 5_000 }).toBe(1);

    await byText(number);
    await sleep(600);
    expect(await textsTo(number)).toHaveLength(2);
  });

  it('F13: proving the number anew lifts the mark, and what comes late about an older text sets none', async () => {
    const owner = await member();
    const { number, text, identHash, email, password } = owner;
    // Who changes a factor has given one: this browser has, while texts still came.
    const browser = newVisitor(brand);
    await signInOnPages(browser, email, password);
    const second = await follow(browser, await browser.get('/sign-in/second-factor'));
    const typing = await follow(browser, await send(browser, formTo(second, '/sign-in/second-factor/code')));
    const stepUp = await awaitMail(number, 2, brand);
    const passed = await send(browser, formTo(typing, '/sign-in/second-factor'), { code: codeOf(stepUp) });
    expect(passed.status).toBe(303);
    await report(stepUp.id, 'INVALID');
    expect(await markOf(identHash)).toMatchObject({ invalidAt: expect.any(Number) });

    const page = await browser.get('/account/phone');
    const asked = await follow(browser, await send(browser, formTo(page, '/account/phone'), { phone: number }));
    const anew = await awaitMail(number, 3, brand);
    const proven = await send(browser, formTo(asked, '/account/phone/code'), { code: codeOf(anew) });
    expect(proven.status, proven.text).toBe(303);
    await report(text.id, 'INVALID');
    await report(anew.id, 'INVALID');
    await byText(number);
    await awaitMail(number, 4, brand);
  });

  it('F13: codes for an address whose owner prefers texts go by mail again where the number is none', async () => {
    const owner = await member();
    const { visitor, email, number, text } = owner;
    const channel = { json: { channel: 'text' }, token: (await bothProven(owner)).access_token };
    expect((await visitor.ask('PUT', '/v1/account/code-channel', channel)).status).toBe(200);
    const login = () => visitor.post('/v1/login/code', { client_id: visitor.client, email });
    await login();
    const preferred = await awaitMail(number, 3, brand);
    await report(text.id, 'INVALID');
    await report(preferred.id, 'INVALID');
    const mails = (await mailsTo(email, brand)).length;
    await login();
    expect((await awaitMail(email, mails + 1, brand)).tags?.kind).toBe('sign-in-code');
    expect(await textsTo(number)).toHaveLength(3);
  });

  it('F13: the local service: a number that is none is marked by itself, from the service to the item', async () => {
    const number = deadNumber();
    const owner = await signUp(newVisitor(brand));
    const { text } = await ask(owner, number);
    const kept = () => readItem(brand, 'Sessions', `TEXT#${text.id}`);
    const { identHash } = await eventually(kept, 'the text to be kept');
    const mark = await eventually(() => markOf(String(identHash)), 'the mark of the number');
    expect(mark).toMatchObject({ invalidAt: expect.any(Number) });
    const residue = JSON.stringify([
      await askDesk(brand, 'GET', 'events'),
      await askDesk(brand, 'GET', 'dead-letters'),
      await itemsUnder(brand, 'Directory', 'SUPPRESS#'),
    ]);
    expect(residue + allLogLines(brand).join('\n')).not.toContain(number.slice(1));
  });

  it('F13: texts of others, in the account or of nobody, change nothing', async () => {
    const { text, identHash } = await member();
    const marks = (await itemsUnder(brand, 'Directory', 'SUPPRESS#')).length;
    await report(text.id, 'INVALID', { protectConfiguration: { protectConfigurationId: 'protect-of-others' } });
    await report(randomUUID(), 'INVALID', { protectConfiguration: undefined });
    await sleep(300);
    expect(await markOf(identHash)).toBeUndefined();
    expect(await itemsUnder(brand, 'Directory', 'SUPPRESS#')).toHaveLength(marks);
  });

  it('F13: feedback that cannot be stored is a dead letter, not a loss', async () => {
    const { text } = await member();
    const before = (await deadLettersOf(brand, 'text-feedback')).length;
    const rule = failing('ThrottlingException', { function: 'text-feedback', action: 'UpdateItem' });
    await withFault(brand, rule, async () => {
      await report(text.id, 'INVALID');
      await expect
        .poll(async () => (await deadLettersOf(brand, 'text-feedback')).length, { timeout: 15_000 })
        .toBe(before + 1);
    });
  });
});
