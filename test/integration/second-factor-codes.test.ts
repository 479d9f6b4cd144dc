import { describe, expect, it } from 'vitest';
import { copyCode } from './support/assets.ts';
import { facts } from './support/brand-facts.ts';
import { firstFactor, secondFactor } from './support/factors.ts';
import { withOverrides } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { signUp } from './support/journeys.ts';
import { remembered, signInFrom } from './support/notices.ts';
import { awaitText, memberWithNumber, startText, textsTo } from './support/phones.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { type Answer, type BrandId, newVisitor, type Visitor } from './support/visitor.ts';

const times = (count: number) => Array.from({ length: count }, (_, at) => at);
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const another = (visitor: Visitor, flow: string, factor: string) =>
  visitor.post(`/v1/login/second-factor/${flow}/code`, { factor });

/** Strangers ask for codes of an address, each in a browser and from a network of its own, until they would have to work. */
async function strangersAsk(brand: BrandId, email: string): Promise<void> {
  const { codesPerAddress } = facts[brand].limits;
  const answers = await Promise.all(
    times(codesPerAddress.free ?? 0).map(() => {
      const stranger = newVisitor(brand);
      return stranger.post('/v1/recoveries', { client_id: stranger.client, email });
    }),
  );
  expect(statuses(answers)).toContain(403);
}

/** Every sign-in with a password sends a text by itself. */
async function whereTextsAreAskedFor<T>(act: () => Promise<T>): Promise<T> {
  const copy = copyCode('solmar', 'login');
  try {
    copy.rewriteBrand((text) => text.replace('"secondFactor":"risk-based"', '"secondFactor":"optional"'));
    return await withOverrides('solmar', 'login', { code: copy.code }, act);
  } finally {
    copy.remove();
  }
}

describe('RL7: codes of the second factor, whatever strangers ask for', () => {
  it('by mail: the owner, past the first proof at a new browser, gets another one', async () => {
    const brand = 'northwind';
    await roomyWindow(brand, facts[brand].limits.codesPerAddress);
    const lyon = { 'cloudfront-viewer-country': 'FR', 'cloudfront-viewer-asn': '3215' };
    const member = await signUp(newVisitor(brand));
    await remembered(brand, member, 1);
    await signInFrom(member.visitor, member, lyon);
    await remembered(brand, member, 2);
    await strangersAsk(brand, member.email);
    const abroad = newVisitor(brand);
    const asked = await signInFrom(abroad, member, { ...lyon, 'cloudfront-viewer-country': 'JP' });
    expect(asked.json.factors).toEqual(['mailed-code']);
    const before = (await mailsTo(member.email, brand)).length;
    const again = await another(abroad, asked.json.flow, 'mailed-code');
    expect([again.status, again.json.next]).toEqual([202, 'verify']);
    await awaitMail(member.email, before + 1, brand);
  });

  it('by text: it arrives at once and again on request, and signs in', async () => {
    await roomyWindow('solmar', { window: 3600 });
    const { number, email, password } = await memberWithNumber();
    const { perNumber } = facts.solmar.authentication.sms ?? { perNumber: { max: 0 } };
    await strangersAsk('solmar', email);
    for (const _ of times(perNumber.max)) expect((await startText(newVisitor('solmar'), number)).status).toBe(202);
    await awaitText(number, perNumber.max);
    await whereTextsAreAskedFor(async () => {
      const elsewhere = newVisitor('solmar');
      const { flow } = await firstFactor(elsewhere, email, password);
      await awaitText(number, perNumber.max + 1);
      expect((await another(elsewhere, flow, 'sms')).status).toBe(202);
      const code = codeOf(await awaitText(number, perNumber.max + 2));
      expect((await secondFactor(elsewhere, flow, 'sms', code)).status).toBe(200);
    });
  });

  it('RL3: who has the password has so many sent in an hour and no more; a browser that is known has its own', async () => {
    await roomyWindow('solmar', { window: 3600 });
    const { visitor: home, number, email, password } = await memberWithNumber();
    const { perNumber } = facts.solmar.authentication.sms ?? { perNumber: { max: 0 } };
    const { free = 0 } = facts.solmar.limits.codesPerAddress;
    await whereTextsAreAskedFor(async () => {
      const asked: Answer[] = [];
      for (const _ of times(4)) {
        const thief = newVisitor('solmar');
        const { flow } = await firstFactor(thief, email, password);
        for (const __ of times(3)) asked.push(await another(thief, flow, 'sms'));
      }
      expect(statuses(asked)).toEqual([...Array(free).fill(202), ...Array(12 - free).fill(429)]);
      expect(asked.at(-1)?.json.code).toBe('too_many_requests');
      // Beside the text that has proven the number.
      await awaitText(number, 1 + perNumber.max);

      const { flow } = await firstFactor(home, email, password);
      await awaitText(number, perNumber.max + 2);
      expect((await another(home, flow, 'sms')).status).toBe(202);
      const code = codeOf(await awaitText(number, perNumber.max + 3));
      expect((await secondFactor(home, flow, 'sms', code)).status).toBe(200);
      expect(await textsTo(number)).toHaveLength(perNumber.max + 3);
    });
  });
});
