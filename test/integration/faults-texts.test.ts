import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyCode } from './support/assets.ts';
import { type FaultRule, failing, withFault, withOverrides } from './support/faults.ts';
import { allLogLines } from './support/function-logs.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, signUp } from './support/journeys.ts';
import { nextWindow } from './support/rate-windows.ts';
import { deadLettersOf } from './support/stream-records.ts';
import { newVisitor } from './support/visitor.ts';

const brand = 'solmar';
/** A Spanish mobile number that no other test has. */
const randomNumber = () => `+346${randomInt(10_000_000, 99_999_999)}`;
const textsTo = (number: string) => mailsTo(number, brand);
const texting = (code: string, status: number, times?: number): FaultRule =>
  failing(code, { service: 'sms-voice', function: 'mailer', status, ...(times !== undefined && { times }) });

/** Asks to prove a number; whatever becomes of the text, the answer is this one. */
async function ask({ visitor, tokens }: Member, number: string) {
  const started = await visitor.post('/v1/account/phone', { phone: number }, { token: tokens.access_token });
  expect([started.status, Object.keys(started.json)]).toEqual([202, ['flow', 'next', 'expires_in']]);
  const path = `/v1/account/phone/${started.json.flow}`;
  return (code: string) => visitor.post(path, { code }, { token: tokens.access_token });
}

/** A mail that somebody else asks for; milliseconds until it is there. */
async function mailToAnother(other: Member): Promise<number> {
  const began = performance.now();
  const before = (await mailsTo(other.email, brand)).length;
  await other.visitor.post('/v1/login/code', { client_id: other.visitor.client, email: other.email });
  await awaitMail(other.email, before + 1, brand);
  return performance.now() - began;
}

const linesWith = (...words: readonly string[]) =>
  allLogLines(brand).filter((line) => words.every((word) => line.includes(word)));

describe('F11: the SMS service refuses', () => {
  it.each([
    ['ThrottlingException', 400],
    ['InternalServerException', 500],
  ] as const)('F11: %s three times: nobody notices, and the text comes once', async (code, status) => {
    const member = await signUp(newVisitor(brand));
    const number = randomNumber();
    const prove = await withFault(brand, texting(code, status, 3), async ({ hits }) => {
      const prove = await ask(member, number);
      await expect.poll(hits, { timeout: 10_000 }).toBe(3);
      return prove;
    });
    const texted = codeOf(await awaitMail(number, 1, brand));
    await sleep(600);
    expect(await textsTo(number)).toHaveLength(1);
    expect((await prove(texted)).status).toBe(200);
  });

  it.each([
    ['ServiceQuotaExceededException', 402],
    ['AccessDeniedException', 400],
    ['ConflictException', 409],
  ] as const)(
    'F11, F16: %s: the text is given up at once with an error line, and no mail of another waits',
    async (code, status) => {
      const [member, other] = [await signUp(newVisitor(brand)), await signUp(newVisitor(brand))];
      const number = randomNumber();
      const letters = (await deadLettersOf(brand, 'mailer')).length;
      const before = linesWith('"text.rejected"', code).length;
      await withFault(brand, texting(code, status), async ({ hits }) => {
        await ask(member, number);
        await expect.poll(hits, { timeout: 10_000 }).toBe(1);
        expect(await mailToAnother(other)).toBeLessThan(8_000);
        await sleep(1_000);
        expect(await hits()).toBe(1);
      });
      expect(await textsTo(number)).toEqual([]);
      expect(linesWith('"text.rejected"', code).length).toBe(before + 1);
      expect(linesWith('"text.rejected"', '"level":"error"').length).toBeGreaterThan(0);
      expect(await deadLettersOf(brand, 'mailer')).toHaveLength(letters);
      expect(allLogLines(brand).join('\n')).not.toContain(number.slice(1));
    },
  );
});

it.each([1, 9])('F12: the answer got lost %i times: two texts at most, with one code that works', async (times) => {
  const member = await signUp(newVisitor(brand));
  const number = randomNumber();
  const rule = { kind: 'drop-reply', service: 'sms-voice', function: 'mailer', times };
  const prove = await withFault(brand, rule, async () => {
    const prove = await ask(member, number);
    await awaitMail(number, 2, brand);
    await sleep(1_000);
    return prove;
  });
  const texts = await textsTo(number);
  expect(texts).toHaveLength(2);
  expect(new Set(texts.map(codeOf)).size).toBe(1);
  const [newest] = texts;
  expect((await prove(newest ? codeOf(newest) : '')).status).toBe(200);
});

it('F18: a service that hangs holds no caller up, and the text comes at most twice', async () => {
  const member = await signUp(newVisitor(brand));
  const number = randomNumber();
  const rule = { kind: 'delay', service: 'sms-voice', function: 'mailer', ms: 7_000, times: 1 };
  const prove = await withFault(brand, rule, async () => {
    const began = performance.now();
    const prove = await ask(member, number);
    expect(performance.now() - began).toBeLessThan(5_000);
    await expect.poll(async () => (await textsTo(number)).length, { timeout: 20_000 }).toBeGreaterThan(0);
    return prove;
  });
  await sleep(2_500);
  const texts = await textsTo(number);
  expect(texts.length).toBeLessThanOrEqual(2);
  const [newest] = texts;
  expect((await prove(newest ? codeOf(newest) : '')).status).toBe(200);
});

it('RL3: the breaker holds texts for the hour, then for the day; the answers stay the same', async () => {
  const copy = copyCode(brand, 'mailer');
  copy.rewriteBrand((text) => text.replace(/"perHour":\d+,"perDay":\d+/, '"perHour":2,"perDay":4'));
  try {
    await withOverrides(brand, 'mailer', { code: copy.code }, async () => {
      // Half of two in the hour and of four in the day is for new numbers.
      await nextWindow(brand, { window: 86_400 });
      for (const of of ['sent', 'sent', 'held'] as const) {
        const member = await signUp(newVisitor(brand));
        const [first, second] = [randomNumber(), randomNumber()];
        const guarded = linesWith('"text.guarded"').length;
        await ask(member, first);
        if (of === 'sent') await awaitMail(first, 1, brand);
        await ask(member, second);
        const held = of === 'sent' ? 1 : 2;
        await expect.poll(() => linesWith('"text.guarded"').length, { timeout: 10_000 }).toBe(guarded + held);
        expect((await textsTo(first)).length + (await textsTo(second)).length).toBe(2 - held);
        await nextWindow(brand, { window: 3600 });
      }
    });
  } finally {
    copy.remove();
  }
});
