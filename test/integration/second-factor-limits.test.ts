import { beforeAll, describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode, wrongTotp } from './support/factors.ts';
import { awaitMail, codeOf, signInNotices, wrongCode } from './support/inbox.ts';
import { type Member, signUp } from './support/journeys.ts';
import { awaitNotices, remembered, signInFrom } from './support/notices.ts';
import { follow, formTo, send, signInOnPages, workOf } from './support/pages.ts';
import { enrolPasskey } from './support/passkeys.ts';
import { nextWindow } from './support/rate-windows.ts';
import { holdings, itemsUnder, partition, patchItem } from './support/tables.ts';
import { type Answer, newVisitor, type Visitor } from './support/visitor.ts';
import { solve, workFor } from './support/work.ts';

const brand = 'northwind';
const { passwordPerAccount, triesPerCode } = facts[brand].limits;
const { free = 0 } = passwordPerAccount;

const stoppedLines = async ({ sub }: Member) =>
  (await partition(brand, 'Sessions', `ACTIVITY#${sub}`)).filter(({ outcome }) => outcome === 'stopped');

describe('RL4, MFA4: guesses at a second factor by who has the password', () => {
  let member: Member;
  let secret: string;
  beforeAll(async () => {
    member = await signUp(newVisitor(brand));
    secret = await enrolTotp(member);
    await remembered(brand, member, 1);
  });

  /** So many wrong codes, each sign-in in a browser of its own. */
  async function guess(count: number): Promise<readonly Answer[]> {
    const wrong = wrongTotp(secret, await cloudNow(brand));
    const answers: Answer[] = [];
    while (answers.length < count) {
      const thief = newVisitor(brand);
      const { flow } = await firstFactor(thief, member.email, member.password);
      for (let tries = 0; tries < triesPerCode && answers.length < count; tries++) {
        answers.push(await secondFactor(thief, flow, 'totp', wrong));
      }
    }
    return answers;
  }

  it('RL4, RL7, MFA4: so many are free, more take work, the owner is told once, and gets in by a browser that is known', async () => {
    await nextWindow(brand, passwordPerAccount);
    const codes = (await guess(free + 3)).map(({ json }) => json.code);
    expect(codes).toEqual([...Array(free).fill('code_invalid'), ...Array(3).fill('challenge_required')]);
    const notices = await awaitNotices(brand, member, 1);
    expect(notices.map(({ tags }) => tags?.kind)).toEqual(['sign-in-stopped']);
    expect(await stoppedLines(member)).toHaveLength(1);

    const home = await firstFactor(member.visitor, member.email, member.password);
    const known = await secondFactor(member.visitor, home.flow, 'totp', totpCode(secret, await cloudNow(brand)));
    expect(known.status, known.text).toBe(200);

    const elsewhere = newVisitor(brand);
    const { flow } = await firstFactor(elsewhere, member.email, member.password);
    const given = { factor: 'totp', code: totpCode(secret, await cloudNow(brand), 1) };
    const held = await elsewhere.post(`/v1/login/second-factor/${flow}`, given);
    expect(held.json.code).toBe('challenge_required');
    const proof = await workFor(held);
    const passed = await elsewhere.post(`/v1/login/second-factor/${flow}`, { ...given, proof });
    expect(passed.status, passed.text).toBe(200);
    expect(await signInNotices(member.email, brand)).toHaveLength(1);
  });

  it('RL4, WEB7: the page asks for the work, and sends the code again', async () => {
    await nextWindow(brand, passwordPerAccount);
    await guess(free);
    const visitor = newVisitor(brand);
    const page = await follow(visitor, await signInOnPages(visitor, member.email, member.password));
    const code = totpCode(secret, await cloudNow(brand), 1);
    const held = await send(visitor, formTo(page, '/sign-in/second-factor'), { code });
    expect(held.status).toBe(403);
    const { form, challenge } = workOf(held);
    const passed = await send(visitor, form, { proof: await solve(challenge) });
    expect([passed.status, passed.headers.get('location')]).toEqual([303, '/account']);
  });

  it('RL4: after a hundred of a day nothing is judged from browsers that nobody knows; a known one goes on', async () => {
    await nextWindow(brand, passwordPerAccount);
    const { identHash } = await holdings(brand, member.sub);
    const day = Math.floor((await cloudNow(brand)) / 86_400_000);
    await patchItem(brand, 'Sessions', `RATE#second-factor#${identHash}.day#${day}`, '#', { n: 100 });
    const [refused] = await guess(1);
    expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_requests' } });
    expect(refused?.json.challenge).toBeUndefined();
    const home = await firstFactor(member.visitor, member.email, member.password);
    const wrong = wrongTotp(secret, await cloudNow(brand));
    expect((await secondFactor(member.visitor, home.flow, 'totp', wrong)).json.code).toBe('code_invalid');
  });

  it('RL4: browsers that are known have a hundred of a day together, however many cookies somebody has collected', async () => {
    const other = await signUp(newVisitor(brand));
    const collected = [newVisitor(brand), newVisitor(brand)];
    for (const thief of collected) expect((await signInFrom(thief, other)).status).toBe(200);
    const itsSecret = await enrolTotp(other);
    const wrong = wrongTotp(itsSecret, await cloudNow(brand));
    const { identHash } = await holdings(brand, other.sub);
    const day = Math.floor((await cloudNow(brand)) / 86_400_000);
    const counter = `RATE#second-factor#${identHash}.remembered.day#${day}`;
    for (const thief of collected) {
      const { flow } = await firstFactor(thief, other.email, other.password);
      expect((await secondFactor(thief, flow, 'totp', wrong)).json.code).toBe('code_invalid');
    }
    expect((await partition(brand, 'Sessions', counter)).map(({ n }) => n)).toEqual([2]);
    await patchItem(brand, 'Sessions', counter, '#', { n: 100 });
    const known = await firstFactor(other.visitor, other.email, other.password);
    const refused = await secondFactor(other.visitor, known.flow, 'totp', wrong);
    expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_requests' } });
    expect(refused.json.challenge).toBeUndefined();
    // Browsers that nobody knows have a day of their own: neither uses up the other's.
    const elsewhere = newVisitor(brand);
    const { flow } = await firstFactor(elsewhere, other.email, other.password);
    const right = totpCode(itsSecret, await cloudNow(brand));
    expect((await secondFactor(elsewhere, flow, 'totp', right)).status).toBe(200);
  });

  it('RL4, RL7: who signs in again in a browser that is known gets no counter anew; another account and another browser do', async () => {
    const other = await signUp(newVisitor(brand));
    const nonceOf = (answer: Answer) =>
      answer.headers
        .getSetCookie()
        .map((cookie) => /^__Host-device-[^=]+=([^.]+)\./.exec(cookie)?.[1])
        .find((nonce) => nonce !== undefined);
    const browser = newVisitor(brand);
    const nonces: (string | undefined)[] = [];
    for (const _ of [1, 2, 3]) nonces.push(nonceOf(await signInFrom(browser, other)));
    expect(nonces[0]).toMatch(/^[\w-]{16}$/);
    expect(new Set(nonces).size).toBe(1);
    expect(nonceOf(await signInFrom(browser, await signUp(newVisitor(brand))))).not.toBe(nonces[0]);
    expect(nonceOf(await signInFrom(newVisitor(brand), other))).not.toBe(nonces[0]);
  });

  it('RL4: a miss counts for the neighbourhood, but not one of a browser that is known', async () => {
    const [other, code] = [await signUp(newVisitor(brand)), '000000'];
    const itsSecret = await enrolTotp(other);
    const wrong = code === totpCode(itsSecret, await cloudNow(brand)) ? '111111' : code;
    const misses = async () => (await itemsUnder(brand, 'Sessions', 'RATE#misses-prefix#')).length;
    const miss = async (visitor: Visitor) => {
      const { flow } = await firstFactor(visitor, other.email, other.password);
      const before = await misses();
      expect((await secondFactor(visitor, flow, 'totp', wrong)).json.code).toBe('code_invalid');
      return (await misses()) - before;
    };
    expect([await miss(newVisitor(brand)), await miss(other.visitor)]).toEqual([1, 0]);
  });

  it('RL4: another code for the same sign-in buys no tries', async () => {
    const lyon = { 'cloudfront-viewer-country': 'FR', 'cloudfront-viewer-asn': '3215' };
    const other = await signUp(newVisitor(brand));
    await remembered(brand, other, 1);
    await signInFrom(other.visitor, other, lyon);
    await remembered(brand, other, 2);
    const abroad = newVisitor(brand);
    const asked = await signInFrom(abroad, other, { ...lyon, 'cloudfront-viewer-country': 'JP' });
    expect(asked.json.factors).toEqual(['mailed-code']);
    const { flow } = asked.json;
    const wrong = wrongCode(codeOf(await awaitMail(other.email, 2)));
    const tried: string[] = [];
    const tries = async (count: number) => {
      for (let i = 0; i < count; i++) tried.push((await secondFactor(abroad, flow, 'mailed-code', wrong)).json.code);
    };
    const another = () => abroad.post(`/v1/login/second-factor/${flow}/code`, { factor: 'mailed-code' });
    await tries(triesPerCode - 1);
    expect((await another()).status).toBe(202);
    await tries(2);
    expect(tried).toEqual([...Array(triesPerCode).fill('code_invalid'), 'code_spent']);
    expect((await another()).json.code).toBe('flow_expired');
  });

  it('MFA4: wrong passkeys are misses too, and the owner is told', async () => {
    const other = await signUp(newVisitor(brand));
    const passkey = await enrolPasskey(other);
    const thief = newVisitor(brand);
    const { flow } = await firstFactor(thief, other.email, other.password);
    const path = `/v1/login/second-factor/${flow}`;
    for (let tries = 0; tries < triesPerCode; tries++) {
      const options = (await thief.post(`${path}/passkey`, undefined)).json;
      const credential = passkey.get(options, { forgeSignature: true });
      expect((await thief.post(path, { factor: 'passkey', credential })).json.code).toBe('passkey_invalid');
    }
    expect(await stoppedLines(other)).toHaveLength(1);
    expect((await awaitNotices(brand, other, 1))[0]?.tags?.kind).toBe('sign-in-stopped');
  });
});
