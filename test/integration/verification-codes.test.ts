import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { advance } from './support/cloud-desk.ts';
import { askDesk } from './support/faults.ts';
import { allLogLines } from './support/function-logs.ts';
import { awaitMail, codeOf, mailsTo, wrongCode } from './support/inbox.ts';
import { startSignUp } from './support/journeys.ts';
import { askForCode, flowPurposes, redeemCode, redeemed, startMailedFlow } from './support/mailed-flows.ts';
import { nextWindow, roomyWindow } from './support/rate-windows.ts';
import { itemsUnder, readItem } from './support/tables.ts';
import { betrays } from './support/traces.ts';
import { newVisitor, randomEmail } from './support/visitor.ts';
import { workFor } from './support/work.ts';

const brands = ['northwind', 'solmar'] as const;

describe.each(brands)('mailed codes at %s', (brand) => {
  const { lifetimes, limits } = facts[brand];
  const start = (purpose: (typeof flowPurposes)[number]) => startMailedFlow(purpose, brand);

  it('VC1: six digits, mailed and nowhere else: no answer, log, event or item has them', async () => {
    const flows = await Promise.all(flowPurposes.map(start));
    const wrong = await Promise.all(flows.map(({ code, redeem }) => redeem(wrongCode(code))));
    for (const answer of wrong) expect(answer.json.code).toBe('code_invalid');
    const places = [
      ...(await Promise.all(
        (['Directory', 'Sessions', 'Vault'] as const).map((table) => itemsUnder(brand, table, '')),
      )),
      await askDesk(brand, 'GET', 'events'),
      wrong.map(({ text, headers }) => [text, [...headers]]),
    ].map((place) => JSON.stringify(place));
    const logs = allLogLines(brand).join('\n');
    for (const { code, email, flow } of flows) {
      expect(code).toMatch(/^\d{6}$/);
      for (const place of [...places, logs]) expect(betrays(place, code)).toBe(false);
      expect((await mailsTo(email, brand)).filter(({ text, html }) => betrays(text + html, code))).toHaveLength(1);
      const item = await readItem(brand, 'Sessions', `FLOW#${flow}`);
      expect(Object.keys(item ?? {})).not.toContain('code');
      expect(Buffer.from(String(item?.codeNonce), 'base64url')).toHaveLength(16);
    }
  });

  it('VC3: a second past its life a code is refused, though the item still lies in the table', async () => {
    const late = await Promise.all(flowPurposes.map(start));
    const life = Math.max(lifetimes.code, lifetimes.recoveryCode);
    await advance(brand, life + 1);
    for (const { flow, code, redeem, renew } of late) {
      await renew();
      const refused = await redeem(code);
      expect([refused.status, refused.json.code]).toEqual([410, 'flow_expired']);
      const item = await readItem(brand, 'Sessions', `FLOW#${flow}`);
      expect(item?.codeNonce).toBeDefined();
      expect(Number(item?.ttl)).toBeGreaterThan(Number(item?.expiresAt));
    }
    const inTime = await Promise.all(flowPurposes.map(start));
    await advance(brand, Math.min(lifetimes.code, lifetimes.recoveryCode) - 40);
    for (const { purpose, code, redeem, renew } of inTime) {
      await renew();
      expect((await redeem(code)).status, purpose).toBe(redeemed[purpose]);
    }
  });

  it('VC4: a code is of one journey, one flow and one person', async () => {
    const flows = await Promise.all(flowPurposes.map(start));
    for (const one of flows) {
      for (const other of flows.filter((each) => each !== one)) {
        // The flow of one journey at the door of another, and its code at the other's own flow.
        const atDoor = await redeemCode(
          other.visitor,
          other.purpose,
          one.flow,
          one.code,
          other.member?.tokens.access_token,
        );
        expect([atDoor.status, atDoor.json.code], `${one.purpose} at ${other.purpose}`).toEqual([410, 'flow_expired']);
      }
      const [next] = flows.filter((each) => each !== one);
      if (next && next.code !== one.code) expect((await next.redeem(one.code)).json.code).toBe('code_invalid');
    }
    for (const { purpose, code, redeem } of flows) expect((await redeem(code)).status, purpose).toBe(redeemed[purpose]);
  });

  it('VC5: so many wrong codes burn the right one; a new one works', async () => {
    await roomyWindow(brand, limits.codesPerAddress);
    const flows = await Promise.all(flowPurposes.map(start));
    await Promise.all(
      flows.map(async ({ purpose, code, redeem, flow, visitor, email, member }) => {
        for (let tries = 0; tries < limits.triesPerCode; tries++) {
          expect((await redeem(wrongCode(code))).json.code).toBe('code_invalid');
        }
        for (const again of [code, wrongCode(code), code]) {
          const spent = await redeem(again);
          expect([spent.status, spent.json.code], purpose).toEqual([400, 'code_spent']);
        }
        const before = (await mailsTo(email, brand)).length;
        const renewed =
          purpose === 'registration'
            ? await visitor.post(`/v1/registrations/${flow}/resend`, undefined)
            : await askForCode(visitor, purpose, email, member?.tokens.access_token);
        expect(renewed.status).toBe(202);
        const fresh = codeOf(await awaitMail(email, before + 1, brand));
        expect((await redeem(fresh, renewed.json.flow)).status, purpose).toBe(redeemed[purpose]);
      }),
    );
  });

  it('VC6: a new code kills the old one, and the answer is the same as the first', async () => {
    const visitor = newVisitor(brand);
    const { email, flow } = await startSignUp(visitor);
    const old = codeOf(await awaitMail(email, 1, brand));
    const again = await visitor.post(`/v1/registrations/${flow}/resend`, undefined);
    expect(again.status).toBe(202);
    expect(again.json).toEqual({ flow, next: 'verify', expires_in: lifetimes.code });
    const fresh = codeOf(await awaitMail(email, 2, brand));
    const verify = (code: string) => visitor.post(`/v1/registrations/${flow}/verification`, { code });
    if (fresh !== old) expect((await verify(old)).json.code).toBe('code_invalid');
    expect((await verify(fresh)).status).toBe(201);
    const late = await visitor.post(`/v1/registrations/${flow}/resend`, undefined);
    expect([late.status, late.json.code]).toEqual([410, 'flow_expired']);
  });

  it('VC6: codes for one address are limited over all journeys and callers, and say when to come again', async () => {
    await roomyWindow(brand, limits.codesPerAddress);
    const { free = 0, max } = limits.codesPerAddress;
    const email = randomEmail();
    const ask = (turn: number, visitor = newVisitor(brand), proof?: string) =>
      askForCode(visitor, flowPurposes[turn % 3] ?? 'recovery', email, undefined, proof);
    for (let turn = 0; turn < free; turn++) expect((await ask(turn)).status).toBe(202);
    for (let turn = free; turn < max; turn++) {
      const visitor = newVisitor(brand);
      const asked = await ask(turn, visitor);
      expect([asked.status, asked.json.code]).toEqual([403, 'challenge_required']);
      expect((await ask(turn, visitor, await workFor(asked))).status).toBe(202);
    }
    const refusals = await Promise.all([0, 1, 2].map((turn) => ask(turn)));
    for (const { status, headers, json } of refusals) {
      expect([status, json.code]).toEqual([429, 'too_many_requests']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(limits.codesPerAddress.window);
    }
    expect((await askForCode(newVisitor(brand), 'recovery', randomEmail())).status).toBe(202);
    await nextWindow(brand, limits.codesPerAddress);
    expect((await ask(0)).status).toBe(202);
  });

  it('VC6: resending is limited in one flow', async () => {
    await roomyWindow(brand, limits.codesPerAddress);
    const { flow } = await startSignUp(newVisitor(brand));
    const statuses: number[] = [];
    for (let turn = 0; turn < (limits.codesPerAddress.free ?? 0); turn++) {
      statuses.push((await newVisitor(brand).post(`/v1/registrations/${flow}/resend`, undefined)).status);
    }
    expect(statuses.filter((status) => status === 202)).toHaveLength(5);
    expect(statuses.at(-1)).toBeGreaterThanOrEqual(410);
  });
});

describe('races', () => {
  it.each(flowPurposes)('VC2: a %s code used 20 times in parallel works once, and never again', async (purpose) => {
    const { code, redeem } = await startMailedFlow(purpose, 'northwind');
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(code)));
    expect(answers.filter(({ status }) => status < 300).map(({ status }) => status)).toEqual([redeemed[purpose]]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    for (let again = 0; again < 2; again++) expect((await redeem(code)).status).toBeGreaterThanOrEqual(400);
  });

  it('VC6: of resends in parallel one code lives', async () => {
    const visitor = newVisitor();
    const { email, flow } = await startSignUp(visitor);
    await awaitMail(email, 1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => visitor.post(`/v1/registrations/${flow}/resend`, undefined)),
    );
    const renewed = answers.filter(({ status }) => status === 202).length;
    expect(renewed).toBeGreaterThanOrEqual(1);
    expect(renewed).toBeLessThanOrEqual(5);
    await awaitMail(email, 1 + renewed);
    const codes = [...new Set((await mailsTo(email)).map(codeOf))];
    const verdicts: number[] = [];
    for (const code of codes.slice(0, facts.northwind.limits.triesPerCode)) {
      verdicts.push((await visitor.post(`/v1/registrations/${flow}/verification`, { code })).status);
    }
    expect(verdicts.filter((status) => status === 201)).toHaveLength(1);
  });
});
