import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { eventually, withOverrides } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { signIn, signUp } from './support/journeys.ts';
import { askForCode, flowPurposes, redeemCode } from './support/mailed-flows.ts';
import { follow, formTo, send } from './support/pages.ts';
import { randomNumber, startText } from './support/phones.ts';
import { nextWindow, roomyWindow } from './support/rate-windows.ts';
import { itemsUnder } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';
import { workFor } from './support/work.ts';

const codes = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = (count: number) => Array.from({ length: count }, (_, at) => at);

/** Ways on which anybody asks for a code by mail. */
const doors = ['/v1/login/code', '/v1/recoveries', '/v1/factor-recoveries'] as const;

const ask = (visitor: Visitor, path: string, email: string, proof?: string) =>
  visitor.post(path, { client_id: visitor.client, email, ...(proof !== undefined && { proof }) });

/** Asks, and does the work that is asked for; with it, how hard the work was. */
async function askWithWork(visitor: Visitor, path: string, email: string) {
  const first = await ask(visitor, path, email);
  if (first.status !== 403) return { answer: first, level: 0 };
  const level: number = first.json.challenge.parameters.data.level;
  return { answer: await ask(visitor, path, email, await workFor(first)), level };
}

describe('codes that a signed-in person asks for', () => {
  it('RL3: one account has so many mails and texts sent to whomever, in all, and another account has its own', async () => {
    const { startsPerAccount } = facts.solmar.limits;
    const { max } = startsPerAccount;
    await roomyWindow('solmar', startsPerAccount);
    const [member, other] = await Promise.all([signUp(newVisitor('solmar')), signUp(newVisitor('solmar'))]);
    const token = member.tokens.access_token;
    const mail = () => member.visitor.post('/v1/account/email', { email: randomEmail() }, { token });
    const text = () =>
      member.visitor.post('/v1/account/phone', { phone: `+346${randomInt(10_000_000, 99_999_999)}` }, { token });
    const answers: Answer[] = [];
    for (let turn = 0; turn < max + 4; turn++) answers.push(await (turn % 2 === 0 ? mail() : text()));
    expect(codes(answers)).toEqual([...Array(max).fill(202), 429, 429, 429, 429]);
    const [held] = answers.slice(-1);
    expect(held?.json.code).toBe('too_many_requests');
    expect(Number(held?.headers.get('retry-after'))).toBeLessThanOrEqual(startsPerAccount.window);
    const elsewhere = newVisitor('solmar');
    expect((await elsewhere.post('/v1/account/email', { email: randomEmail() }, { token })).status).toBe(429);
    const own = { token: other.tokens.access_token };
    expect((await other.visitor.post('/v1/account/email', { email: randomEmail() }, own)).status).toBe(202);
  });
});

describe('RL7: strangers ask for the codes of somebody else', () => {
  const { codesPerAddress } = facts.northwind.limits;
  const { free = 0, max } = codesPerAddress;

  it('the owner gets codes in a new browser by work, which grows, and in a remembered one without', async () => {
    await roomyWindow('northwind', codesPerAddress);
    const { visitor: home, email } = await signUp();
    // The code of the sign-up is one of the free ones.
    const strangers = await Promise.all(
      times(free - 1).map((at) => ask(newVisitor(), doors[at % doors.length] ?? '', email)),
    );
    expect(codes(strangers)).toEqual(Array(free - 1).fill(202));
    const levels: number[] = [];
    for (const at of times(max - free)) {
      const { answer, level } = await askWithWork(newVisitor(), doors[at % doors.length] ?? '', email);
      expect(answer.status).toBe(202);
      levels.push(level);
    }
    expect(levels).toEqual(times(max - free).map((proven) => 1 + Math.floor(Math.log2(proven + 1))));
    const late = await ask(newVisitor(), '/v1/login/code', email);
    expect([late.status, late.json.code, late.json.challenge]).toEqual([429, 'too_many_requests', undefined]);
    expect(Number(late.headers.get('retry-after'))).toBeLessThanOrEqual(codesPerAddress.window);

    await awaitMail(email, max);
    for (const at of times(free - 1)) {
      expect((await ask(home, doors[at % doors.length] ?? '', email)).status).toBe(202);
      // Each arrives, though the address has had all that strangers may ask for.
      await awaitMail(email, max + at + 1);
    }
    const { json } = await ask(home, '/v1/login/code', email);
    const code = codeOf(await awaitMail(email, max + free));
    expect((await ask(home, '/v1/recoveries', email)).status).toBe(429);
    expect((await home.post(`/v1/login/code/${json.flow}`, { code })).status).toBe(200);
  });

  it('RL3: sub-addresses of one mailbox share its codes, and are accounts of their own all the same', async () => {
    await roomyWindow('northwind', codesPerAddress);
    const [name, domain] = randomEmail().split('@');
    const sub = (at: number) => `${name}+${at}@${domain}`;
    const { sub: first } = await signUp(newVisitor(), { email: sub(0) });
    const { sub: second } = await signUp(newVisitor(), { email: sub(1) });
    expect(first).not.toBe(second);
    const asked = await Promise.all(times(free - 2).map((at) => ask(newVisitor(), '/v1/login/code', sub(at + 2))));
    expect(codes(asked)).toEqual(Array(free - 2).fill(202));
    const late = await Promise.all(
      [`${name}@${domain}`, sub(99)].map((each) => ask(newVisitor(), '/v1/recoveries', each)),
    );
    expect(codes(late)).toEqual([403, 403]);
  });

  it('work that is too easy for what was proven before is not enough, and each proof counts once', async () => {
    await roomyWindow('northwind', codesPerAddress);
    const email = randomEmail();
    await Promise.all(times(free).map(() => ask(newVisitor(), '/v1/login/code', email)));
    const early = newVisitor();
    const easy = await workFor(await ask(early, '/v1/login/code', email));
    for (const _ of times(3)) {
      expect((await askWithWork(newVisitor(), '/v1/recoveries', email)).answer.status).toBe(202);
    }
    const refused = await ask(early, '/v1/login/code', email, easy);
    expect([refused.status, refused.json.challenge.parameters.data.level]).toEqual([403, 3]);
    const proof = await workFor(refused);
    const answers = await Promise.all(times(5).map(() => ask(early, '/v1/login/code', email, proof)));
    expect(codes(answers).sort()).toEqual([202, 403, 403, 403, 403]);
  });

  it('LOG6: who signs in with a leaked password is let on to a new one, at home at once, elsewhere by work', async () => {
    await roomyWindow('northwind', codesPerAddress);
    const leaked = 'correct horse battery staple';
    const member = await withOverrides('northwind', 'registration', { environment: { PWNED_ENDPOINT: null } }, () =>
      signUp(newVisitor(), { password: leaked }),
    );
    const { visitor: home, email } = member;
    await Promise.all(times(free).map(() => ask(newVisitor(), '/v1/recoveries', email)));
    // Whether a password has leaked is asked for a quarter of a second: on a busy machine some sign-ins go through.
    const noticed = (probe: () => Promise<Answer>) =>
      eventually(async () => {
        const answer = await probe();
        return answer.status === 200 ? undefined : answer;
      }, 'a leaked password that is noticed');
    const atHome = await noticed(() => signIn(home, email, leaked));
    expect([atHome.status, atHome.json.code]).toEqual([403, 'password_change_required']);
    const proven = await noticed(async () => {
      const elsewhere = newVisitor();
      const held = await signIn(elsewhere, email, leaked);
      if (held.status === 200) return held;
      expect([held.status, held.json.code]).toEqual([403, 'challenge_required']);
      return signIn(elsewhere, email, leaked, { proof: await workFor(held) });
    });
    expect([proven.status, proven.json.code]).toEqual([403, 'password_change_required']);
    expect(proven.json.flow).toMatch(/^flw_/);
  });
});

describe('codes that are asked for again', () => {
  it('RL3: count as starts of where they come from, and have what is free', async () => {
    const { starts } = facts.northwind.abuse;
    const { codesPerAddress } = facts.northwind.limits;
    await Promise.all([roomyWindow('northwind', starts.prefix), roomyWindow('northwind', codesPerAddress)]);
    const [a, b] = [randomInt(256), randomInt(256)];
    const near = () => newVisitor('northwind', `10.${a}.${b}.${randomInt(1, 255)}`);
    const counts = () => itemsUnder('northwind', 'Sessions', 'RATE#starts-prefix#');
    const before = new Set((await counts()).map(({ pk }) => pk));
    const email = randomEmail();
    const { json } = await askForCode(near(), 'registration', email);
    const again = () => near().post(`/v1/registrations/${json.flow}/resend`, undefined);
    for (const _ of times(3)) expect((await again()).status).toBe(202);
    expect((await counts()).filter(({ pk }) => !before.has(pk)).map(({ n }) => n)).toEqual([4]);

    const { free = 0 } = codesPerAddress;
    await Promise.all(times(free - 4).map(() => ask(newVisitor(), '/v1/login/code', email)));
    expect((await again()).json.code).toBe('too_many_requests');
    // What is beyond takes work, with a start.
    expect((await askWithWork(near(), '/v1/recoveries', email)).answer.status).toBe(202);
  });

  it('RL7: in a remembered browser they are its own, whatever strangers ask for', async () => {
    const { codesPerAddress } = facts.northwind.limits;
    const { free = 0 } = codesPerAddress;
    await roomyWindow('northwind', codesPerAddress);
    const { visitor: home, email } = await signUp();
    await Promise.all(times(free).map(() => ask(newVisitor(), '/v1/recoveries', email)));
    const address = formTo(await home.get('/recover'), '/recover');
    const page = await follow(home, await send(home, address, { username: email }));
    const before = (await mailsTo(email, 'northwind')).length;
    const resent = await send(home, formTo(page, '/recover/resend'));
    expect([resent.status, resent.headers.get('location')?.startsWith('/recover/password')]).toEqual([303, true]);
    await awaitMail(email, before + 1);
  });
});

/** A way on which a code is asked for and guessed at. */
interface Guessable {
  readonly name: string;
  readonly brand: BrandId;
  readonly signedIn?: boolean;
  readonly start: (visitor: Visitor, token?: string) => Promise<Answer>;
  readonly guess: (visitor: Visitor, flow: string, token?: string) => Promise<Answer>;
}

const code = '000000';
const bearer = (token: string | undefined) => (token === undefined ? {} : { token });
const guessables: readonly Guessable[] = [
  ...flowPurposes.map(
    (purpose): Guessable => ({
      name: purpose,
      brand: 'northwind',
      signedIn: purpose === 'email-change',
      start: (visitor, token) => askForCode(visitor, purpose, randomEmail(), token),
      guess: (visitor, flow, token) => redeemCode(visitor, purpose, flow, code, token),
    }),
  ),
  {
    name: 'factor-recovery',
    brand: 'northwind',
    start: (visitor) => ask(visitor, '/v1/factor-recoveries', randomEmail()),
    guess: (visitor, flow) => visitor.post(`/v1/factor-recoveries/${flow}`, { code }),
  },
  {
    name: 'sign-in by text',
    brand: 'solmar',
    start: (visitor) => startText(visitor, randomNumber()),
    guess: (visitor, flow) => visitor.post(`/v1/login/code/${flow}`, { code }),
  },
  {
    name: 'proof of a number',
    brand: 'solmar',
    signedIn: true,
    start: (visitor, token) => visitor.post('/v1/account/phone', { phone: randomNumber() }, bearer(token)),
    guess: (visitor, flow, token) => visitor.post(`/v1/account/phone/${flow}`, { code }, bearer(token)),
  },
];

describe('RL3, RL4: wrong codes, few at each of many flows', () => {
  it.each(guessables)('are misses of where they come from: $name', async ({ brand, signedIn, start, guess }) => {
    const { prefix } = facts[brand].abuse.misses;
    const { triesPerCode } = facts[brand].limits;
    await roomyWindow(brand, prefix);
    const misses = () => itemsUnder(brand, 'Sessions', 'RATE#misses-prefix#');
    const [a, b] = [randomInt(256), randomInt(256)];
    const near = () => newVisitor(brand, `10.${a}.${b}.${randomInt(1, 255)}`);
    const token = signedIn ? (await signUp(newVisitor(brand))).tokens.access_token : undefined;
    const before = new Set((await misses()).map(({ pk }) => pk));
    const started = await start(near(), token);
    expect(started.status, started.text).toBe(202);
    const guesses = times(triesPerCode).map(() => guess(near(), started.json.flow, token));
    expect(new Set((await Promise.all(guesses)).map(({ json }) => json.code))).toEqual(new Set(['code_invalid']));
    // One more is judged by nobody, and so no miss.
    expect((await guess(near(), started.json.flow, token)).json.code).toBe('code_spent');
    const counts = (await misses()).filter(({ pk }) => !before.has(pk));
    expect(counts.map(({ n }) => n)).toEqual([triesPerCode]);
  });

  it('where there are too many, the next codes take work, from there alone', async () => {
    const { prefix } = facts.northwind.abuse.misses;
    const { triesPerCode } = facts.northwind.limits;
    await roomyWindow('northwind', prefix);
    const [a, b] = [randomInt(256), randomInt(255)];
    const near = () => newVisitor('northwind', `10.${a}.${b}.${randomInt(1, 255)}`);
    const home = near();
    const { email } = await signUp(home);
    for (let misses = 0; misses < prefix.max; misses += triesPerCode) {
      const { json } = await ask(near(), '/v1/login/code', randomEmail());
      await Promise.all(times(triesPerCode).map(() => near().post(`/v1/login/code/${json.flow}`, { code: '000000' })));
    }
    // A function looks for alerts every ten seconds: a new one looks at once.
    await withOverrides('northwind', 'login', {}, async () => {
      const robot = near();
      const asked = await ask(robot, '/v1/login/code', randomEmail());
      expect([asked.status, asked.json.code]).toEqual([403, 'challenge_required']);
      const { answer } = await askWithWork(near(), '/v1/login/code', randomEmail());
      expect(answer.status).toBe(202);
      // A wrong code that was asked for by work is a miss by work: it makes the alert harder.
      await near().post(`/v1/login/code/${answer.json.flow}`, { code: '000000' });
      const counts = await itemsUnder('northwind', 'Sessions', 'RATE#misses-prefix#');
      expect(counts.find(({ n }) => n >= prefix.max)?.proven).toBe(1);
      expect((await ask(home, '/v1/login/code', email)).status).toBe(202);
      const elsewhere = newVisitor('northwind', `10.${a}.${b + 1}.7`);
      expect((await ask(elsewhere, '/v1/login/code', randomEmail())).status).toBe(202);
    });
    await nextWindow('northwind', prefix);
  });
});
