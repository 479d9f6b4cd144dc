import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { prepare } from './support/authorization.ts';
import { facts } from './support/brand-facts.ts';
import { advance, secretOf } from './support/cloud-desk.ts';
import { failing, withFault } from './support/faults.ts';
import { wrongCode } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { askForCode, flowPurposes, startMailedFlow } from './support/mailed-flows.ts';
import { nextWindow, roomyWindow } from './support/rate-windows.ts';
import { itemsUnder, readItem } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';
import { workFor } from './support/work.ts';

const brands = ['northwind', 'solmar'] as const;
const wrong = 'thirteen loud crows at noon';

const counted = (answers: readonly Answer[]) => {
  const tally: Record<number, number> = {};
  for (const { status } of answers) tally[status] = (tally[status] ?? 0) + 1;
  return tally;
};

/** How so many guesses without a proof of work are answered: judged, asked for work, told to wait. */
function unproven(times: number, { free = 0, max }: { readonly free?: number; readonly max: number }) {
  const asked = Math.min(times, max) - free;
  return { 401: Math.min(times, free), ...(asked > 0 && { 403: asked }), ...(times > max && { 429: times - max }) };
}

/** A browser that the account does not know, somewhere else. */
const stranger = (brand: BrandId = 'northwind') => newVisitor(brand);

async function guess(times: number, { email }: Pick<Member, 'email'>, from: () => Visitor): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let turn = 0; turn < times; turn++) answers.push(await signIn(from(), email, wrong));
  return answers;
}

describe.each(brands)('wrong passwords at %s', (brand) => {
  const { passwordPerAccount } = facts[brand].limits;

  it('RL1: they are throttled long before a hundred, say for how long, and the right one works again after it', async () => {
    const member = await signUp(newVisitor(brand));
    await roomyWindow(brand, passwordPerAccount);
    const answers = await guess(passwordPerAccount.max + 3, member, () => stranger(brand));
    expect(counted(answers)).toEqual(unproven(passwordPerAccount.max + 3, passwordPerAccount));
    expect(passwordPerAccount.max).toBeLessThan(100);
    const held = await signIn(stranger(brand), member.email, member.password);
    expect(held.status).toBe(429);
    const wait = Number(held.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(passwordPerAccount.window);
    // Who floods an account locks nobody out: work is the other way in.
    const owner = stranger(brand);
    const asked = await signIn(owner, member.email, member.password);
    const proven = { proof: await workFor(asked) };
    expect((await signIn(owner, member.email, member.password, proven)).status).toBe(200);
    await guess(passwordPerAccount.max + 1, member, () => stranger(brand));
    await advance(brand, wait);
    expect((await signIn(stranger(brand), member.email, member.password)).status).toBe(200);
  });

  it('RL1: the right password resets the count', async () => {
    const member = await signUp(newVisitor(brand));
    await roomyWindow(brand, passwordPerAccount);
    for (let round = 0; round < 2; round++) {
      const free = (passwordPerAccount.free ?? 0) - 1;
      expect(counted(await guess(free, member, () => stranger(brand)))).toEqual({ 401: free });
      expect((await signIn(stranger(brand), member.email, member.password)).status).toBe(200);
    }
  });

  it('RL2: fifty at once are counted as fifty', async () => {
    const member = await signUp(newVisitor(brand));
    await roomyWindow(brand, passwordPerAccount);
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(stranger(brand), member.email, wrong)));
    expect(counted(answers)).toEqual(unproven(50, passwordPerAccount));
    const { identHash = '' } = (await readItem(brand, 'Directory', `USER#${member.sub}`)) ?? {};
    const [count] = await itemsUnder(brand, 'Sessions', `RATE#password#${identHash}#`);
    expect(count?.n).toBe(50);
  });

  it('RL6: a throttled answer is problem details and the same whether there is an account or not', async () => {
    const member = await signUp(newVisitor(brand));
    await roomyWindow(brand, passwordPerAccount);
    const faces = await Promise.all(
      [member.email, randomEmail()].map(async (email) => {
        const answers = await Promise.all(
          Array.from({ length: passwordPerAccount.max + 2 }, () => signIn(stranger(brand), email, wrong)),
        );
        const held = answers.find(({ status }) => status === 429);
        const { instance, detail, challenge, ...rest } = held?.json ?? {};
        expect(challenge.signature).toMatch(/^[0-9a-f]{64}$/);
        expect(held?.headers.get('retry-after')).toMatch(/^\d+$/);
        expect(detail).toContain(held?.headers.get('retry-after') ?? 'no such header');
        return { type: held?.headers.get('content-type'), rest, known: typeof instance };
      }),
    );
    expect(faces[0]).toEqual(faces[1]);
    expect(faces[0]).toMatchObject({
      type: 'application/problem+json',
      rest: { type: 'urn:latchkey:problem:too_many_requests', status: 429, code: 'too_many_requests' },
    });
    expect(JSON.stringify(faces)).not.toMatch(/account|konto|compte|cuenta|conta/i);
  });

  it('RL7: the owner signs in on a remembered device while the account is flooded; a forged memory helps nobody', async () => {
    const member = await signUp(newVisitor(brand));
    await roomyWindow(brand, passwordPerAccount);
    const { max } = passwordPerAccount;
    await Promise.all(Array.from({ length: max }, () => signIn(stranger(brand), member.email, wrong)));
    expect((await signIn(stranger(brand), member.email, member.password)).status).toBe(429);
    expect((await signIn(member.visitor, member.email, member.password)).status).toBe(200);

    const [[name = '', value = ''] = []] = member.visitor.cookies;
    expect(name).toMatch(/^__Host-/);
    const [nonce, until, mac] = value.split('.');
    const later = Number(until) + 86_400;
    const neighbour = await signUp(newVisitor(brand));
    const forgeries = [`AAAA.${until}.${mac}`, `${nonce}.${later}.${mac}`, `${nonce}.${until}.AAAA`, 'x', ''];
    for (const forged of [...forgeries, [...neighbour.visitor.cookies.values()][0] ?? '']) {
      const thief = stranger(brand);
      thief.cookies.set(name, forged);
      expect((await signIn(thief, member.email, member.password)).status).toBe(429);
    }
    const own = facts[brand].limits.passwordPerDevice;
    const robot = await Promise.all(
      Array.from({ length: own.max + 5 }, () => signIn(member.visitor, member.email, wrong)),
    );
    expect(robot.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(4);
  });
});

describe('limits of a network', () => {
  const { triesPerIp, startsPerIp, passwordPerAccount } = facts.northwind.limits;

  it('RL3: one password over many accounts from one place trips the limit of the place, and of no other', async () => {
    await roomyWindow('northwind', triesPerIp);
    const sprayer = newVisitor();
    const mine = await signUp(newVisitor('northwind', sprayer.ip));
    const { flow } = await startMailedFlow('login-code', 'northwind');
    const answers: Answer[] = [];
    // Codes are guesses like passwords, and cost no hash: most of the budget goes there.
    while (answers.length < triesPerIp.max) {
      const batch = Array.from({ length: 15 }, (_, turn) =>
        turn === 0
          ? signIn(sprayer, randomEmail(), wrong)
          : sprayer.post(`/v1/login/code/flw_${String(randomInt(1e9)).padStart(22, '0')}`, { code: '000000' }),
      );
      answers.push(...(await Promise.all(batch)));
    }
    expect(counted(answers)[429]).toBeGreaterThanOrEqual(1);
    expect(counted(answers)[429]).toBeLessThan(20);
    const bare = newVisitor('northwind', sprayer.ip);
    expect((await signIn(bare, mine.email, mine.password)).status).toBe(429);
    expect((await bare.post(`/v1/login/code/${flow}`, { code: '000000' })).status).toBe(429);
    expect((await signIn(stranger(), mine.email, mine.password)).status).toBe(200);
    // RL7 once more: the owner's own device is not held by the place it is in.
    expect((await signIn(mine.visitor, mine.email, mine.password)).status).toBe(200);
  });

  it('RL3: many places on one account trip the limit of the account', async () => {
    const member = await signUp();
    await roomyWindow('northwind', passwordPerAccount);
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn(stranger(), member.email, wrong)));
    expect(counted(answers)).toEqual(unproven(30, passwordPerAccount));
  });

  it('RL5: a claimed X-Forwarded-For or Forwarded opens no new bucket', async () => {
    const robot = newVisitor('solmar');
    const { startsPerIp: limit } = facts.solmar.limits;
    const { free = 0 } = limit;
    await roomyWindow('solmar', limit);
    const claim = () => `203.0.113.${randomInt(256)}`;
    const answers: Answer[] = [];
    while (answers.length < free + 10) {
      const batch = Array.from({ length: 31 }, () => {
        const headers = {
          'x-forwarded-for': claim(),
          forwarded: `for=${claim()}`,
          'x-real-ip': claim(),
          'cf-connecting-ip': claim(),
          'true-client-ip': claim(),
        };
        return robot.post('/v1/login/code', { client_id: robot.client, email: randomEmail() }, { headers });
      });
      answers.push(...(await Promise.all(batch)));
      // The gateway's own throttle would come first.
      await advance('solmar', 1);
    }
    expect(counted(answers)).toEqual({ 202: free, 403: answers.length - free });
    expect(answers.find(({ status }) => status === 403)?.json.code).toBe('challenge_required');
    expect((await askForCode(newVisitor('solmar'), 'login-code', randomEmail())).status).toBe(202);
    await nextWindow('solmar', startsPerIp);
    expect((await askForCode(robot, 'login-code', randomEmail())).status).toBe(202);
  });

  it.each([
    ['/oauth2/par', () => Object.fromEntries(prepare('northwind').url.searchParams)],
    ['/oauth2/device_authorization', () => ({ client_id: 'northwind-kiosk' })],
  ] as const)('RL3: %s: of a client without a secret one network keeps only so many waiting', async (path, form) => {
    const { startsPerIp: limit } = facts.northwind.limits;
    await roomyWindow('northwind', limit);
    const robot = newVisitor('northwind');
    const answers: Answer[] = [];
    while (answers.length < limit.max + 10) {
      answers.push(...(await Promise.all(Array.from({ length: 31 }, () => robot.ask('POST', path, { form: form() })))));
      // The gateway's own throttle would come first.
      await advance('northwind', 1);
    }
    const started = path === '/oauth2/par' ? 201 : 200;
    expect(counted(answers)).toEqual({ [started]: limit.max, 429: answers.length - limit.max });
    const held = answers.find(({ status }) => status === 429);
    expect(held?.json.error).toBe('temporarily_unavailable');
    expect(Number(held?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await newVisitor('northwind').ask('POST', path, { form: form() })).status).toBe(started);
    // Neither is anybody kept from signing in there.
    expect((await askForCode(robot, 'login-code', randomEmail())).status).toBe(202);
  });

  it('RL3: an IPv6 customer is one place however many of his addresses he uses', async () => {
    const member = await signUp();
    const { passwordPerAccount: limit } = facts.northwind.limits;
    await roomyWindow('northwind', limit);
    const prefix = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`;
    for (const host of ['::1', ':aaaa:bbbb:cccc:dddd', '::ffff']) {
      expect((await signIn(newVisitor('northwind', `${prefix}${host}`), member.email, wrong)).status).toBe(401);
    }
    const places = await itemsUnder('northwind', 'Sessions', 'RATE#ip-tries#');
    expect(places.filter(({ n }) => n === 3).length).toBeGreaterThanOrEqual(1);
  });
});

describe('every guess is counted', () => {
  it.each(flowPurposes)('RL2, RL4: of 50 guesses at one %s code so many are judged as it has', async (purpose) => {
    const { code, redeem } = await startMailedFlow(purpose, 'northwind');
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(wrongCode(code))));
    const codes = answers.map(({ json }) => json.code);
    const { triesPerCode } = facts.northwind.limits;
    expect(codes.filter((each) => each === 'code_invalid')).toHaveLength(triesPerCode);
    expect(codes.filter((each) => each === 'code_spent')).toHaveLength(50 - triesPerCode);
    expect((await redeem(code)).json.code).toBe('code_spent');
  });

  it('RL4: client secrets are guessed no more often than passwords', async () => {
    const { clientSecretsPerIp: limit } = facts.northwind.limits;
    await roomyWindow('northwind', limit);
    const robot = newVisitor();
    const ask = (visitor: Visitor, secret: string) =>
      visitor.ask('POST', '/oauth2/token', {
        form: { grant_type: 'client_credentials' },
        headers: { authorization: `Basic ${Buffer.from(`northwind-backend:${secret}`).toString('base64')}` },
      });
    const answers = await Promise.all(Array.from({ length: limit.max + 10 }, (_, turn) => ask(robot, `guess-${turn}`)));
    expect(counted(answers)).toEqual({ 401: limit.max, 429: 10 });
    const held = answers.find(({ status }) => status === 429);
    expect(held?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(held?.json.error).toBe('temporarily_unavailable');
    expect((await ask(newVisitor(), await secretOf('northwind', 'northwind-backend'))).status).toBe(200);
  });

  it('RL9: where the counter cannot be written nothing is judged, not even the right answer', async () => {
    const member = await signUp();
    const { code, redeem } = await startMailedFlow('login-code', 'northwind', member);
    const fault = failing('InternalServerError', { itemType: 'RATE', function: 'login', status: 500 });
    const held = await withFault('northwind', fault, async () => [
      await signIn(newVisitor(), member.email, member.password),
      await redeem(code),
      await askForCode(newVisitor(), 'login-code', member.email),
    ]);
    for (const { status, headers, json } of held) {
      expect([status, json.code]).toEqual([503, 'unavailable']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await signIn(newVisitor(), member.email, member.password)).status).toBe(200);
    expect((await redeem(code)).status).toBe(200);
  });
});
