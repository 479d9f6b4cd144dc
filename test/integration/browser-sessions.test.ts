import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { advance, awaitEvent, cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, totpCode } from './support/factors.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, refresh, signUp } from './support/journeys.ts';
import {
  authorizationPath,
  follow,
  formTo,
  nextSecond,
  redeem,
  send,
  signInOnPages,
  signUpEntries,
} from './support/pages.ts';
import { enrolPasskey } from './support/passkeys.ts';
import type { SoftwarePasskey } from './support/software-authenticator.ts';
import { partition } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

/** Somebody with whatever the way in takes. */
interface Guest extends Member {
  readonly secret?: string;
  readonly passkey?: SoftwarePasskey;
  readonly number?: string;
}

interface WayIn {
  readonly brand: BrandId;
  readonly prepare?: (member: Member) => Promise<Partial<Guest>>;
  /** Signs in on the pages, from wherever the browser is; the last answer leads on. */
  readonly pass: (visitor: Visitor, guest: Guest, from: string) => Promise<Answer>;
}

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const cookieOf = (visitor: Visitor) => visitor.cookies.get('__Host-session') ?? '';

/** The page of the address, reached as a new sign-in is. */
const signInPage = async (visitor: Visitor, from: string) => {
  const answer = await visitor.get(from);
  return answer.status === 303 ? follow(visitor, answer) : answer;
};

async function mailedCode(visitor: Visitor, { email }: Guest, from: string) {
  const before = (await mailsTo(email, visitor.brand)).length;
  const page = await signInPage(visitor, from);
  const second = await follow(visitor, await send(visitor, formTo(page, '/sign-in'), { username: email }));
  const entry = await follow(visitor, await send(visitor, formTo(second, '/sign-in/code/start')));
  return { entry, mail: await awaitMail(email, before + 1, visitor.brand) };
}

/** A Spanish mobile number that no other test has. */
const randomNumber = () => `+346${randomInt(10_000_000, 99_999_999)}`;

async function proveNumber({ visitor, tokens: { access_token: token } }: Member): Promise<Partial<Guest>> {
  const number = randomNumber();
  const started = await visitor.post('/v1/account/phone', { phone: number }, { token });
  const code = codeOf(await awaitMail(number, 1, visitor.brand));
  const proven = await visitor.post(`/v1/account/phone/${started.json.flow}`, { code }, { token });
  expect(proven.status).toBe(200);
  return { number };
}

const waysIn: Readonly<Record<string, WayIn>> = {
  password: {
    brand: 'northwind',
    pass: (visitor, { email, password }, from) => signInOnPages(visitor, email, password, from),
  },
  'mailed code': {
    brand: 'northwind',
    pass: async (visitor, guest, from) => {
      const { entry, mail } = await mailedCode(visitor, guest, from);
      return send(visitor, formTo(entry, '/sign-in/code'), { code: codeOf(mail) });
    },
  },
  'mailed link': {
    brand: 'northwind',
    pass: async (visitor, guest, from) => {
      const { mail } = await mailedCode(visitor, guest, from);
      const link = new URL(/https?:\/\/\S*\/sign-in\/link\S*/.exec(mail.text)?.[0] ?? '');
      const page = await follow(visitor, await visitor.get(`${link.pathname}${link.search}`));
      return send(visitor, formTo(page, '/sign-in/link'));
    },
  },
  'texted code': {
    brand: 'solmar',
    prepare: proveNumber,
    pass: async (visitor, { number = '' }, from) => {
      const before = (await mailsTo(number, visitor.brand)).length;
      const page = await signInPage(visitor, from);
      const entry = await follow(visitor, await send(visitor, formTo(page, '/sign-in'), { username: number }));
      const code = codeOf(await awaitMail(number, before + 1, visitor.brand));
      return send(visitor, formTo(entry, '/sign-in/code'), { code });
    },
  },
  passkey: {
    brand: 'northwind',
    prepare: async (member) => ({ passkey: await enrolPasskey(member) }),
    pass: async (visitor, { passkey }, from) => {
      const page = await signInPage(visitor, from);
      const options = /data-options="([^"]*)"/.exec(page.text)?.[1]?.replaceAll('&quot;', '"') ?? '';
      const credential = JSON.stringify(passkey?.get(JSON.parse(options)));
      return send(visitor, formTo(page, '/sign-in/passkey'), { credential });
    },
  },
  'second factor': {
    brand: 'northwind',
    prepare: async (member) => ({ secret: await enrolTotp(member) }),
    pass: async (visitor, { email, password, secret = '' }, from) => {
      // No code of an app is good twice.
      await advance(visitor.brand, 30);
      const page = await follow(visitor, await signInOnPages(visitor, email, password, from));
      const code = totpCode(secret, await cloudNow(visitor.brand));
      return send(visitor, formTo(page, '/sign-in/second-factor'), { code });
    },
  },
};

/** The way in of somebody who is new. */
async function signUpOnPages(visitor: Visitor): Promise<Answer> {
  const email = randomEmail();
  const form = formTo(await visitor.get('/sign-up'), '/sign-up');
  const page = await follow(visitor, await send(visitor, form, signUpEntries(visitor, email)));
  const code = codeOf(await awaitMail(email, 1, visitor.brand));
  return send(visitor, formTo(page, '/sign-up/verify'), { code });
}

const newMember = (brand: BrandId) => signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });

const isSignedIn = async (visitor: Visitor) => (await visitor.get('/account')).status === 200;

/** Whether what the browser carried before would still let somebody in. */
async function opens(brand: BrandId, cookie: string): Promise<boolean> {
  const thief = newVisitor(brand);
  thief.cookies.set('__Host-session', cookie);
  return isSignedIn(thief);
}

const dies = (visitor: Visitor, token: string) =>
  expect.poll(async () => (await refresh(visitor, token)).status, { timeout: 10_000 }).toBe(400);

describe.each(Object.entries(waysIn))('SES2: a sign-in by %s in a browser that is signed in', (_, way) => {
  const { brand, prepare, pass } = way;
  let guest: Guest;
  let host: Member;
  beforeAll(async () => {
    const member = await newMember(brand);
    [guest, host] = await Promise.all([
      prepare?.(member).then((more) => ({ ...member, ...more })) ?? member,
      newMember(brand),
    ]);
  });

  it('of the same person: the old session is dead, its clients keep their sid, and SES3, LO2: logout reaches all', async () => {
    const visitor = newVisitor(brand);
    await pass(visitor, guest, '/sign-in');
    const old = cookieOf(visitor);
    const first = (await redeem(visitor, await visitor.get(authorizationPath(visitor)))).json;
    await nextSecond();
    const again = await pass(visitor, guest, authorizationPath(visitor, { prompt: 'login' }));
    const second = (await redeem(visitor, await follow(visitor, again))).json;

    expect(cookieOf(visitor)).not.toBe(old);
    expect([await opens(brand, old), await isSignedIn(visitor)]).toEqual([false, true]);
    const [before, after] = [claimsOf(first.id_token), claimsOf(second.id_token)];
    expect(after.sid).toBe(before.sid);
    expect(after.auth_time).toBeGreaterThan(before.auth_time);

    const renewed = await refresh(visitor, first.refresh_token);
    expect(renewed.status).toBe(200);
    await visitor.get(`/oauth2/logout?id_token_hint=${second.id_token}`);
    await dies(visitor, second.refresh_token);
    await dies(visitor, renewed.json.refresh_token);
  });

  it('of another person: the old session is signed out, and so are its clients', async () => {
    const visitor = newVisitor(brand);
    await signInOnPages(visitor, host.email, host.password);
    const old = cookieOf(visitor);
    const tokens = (await redeem(visitor, await visitor.get(authorizationPath(visitor)))).json;
    await pass(visitor, guest, '/sign-in');
    expect([await opens(brand, old), await isSignedIn(visitor)]).toEqual([false, true]);
    expect(await awaitEvent(brand, 'browser_session.ended', host.sub)).toBeDefined();
    await dies(visitor, tokens.refresh_token);
  });
});

describe('SES2: one browser', () => {
  const live = async (brand: BrandId, sub: string) => {
    const items = await partition(brand, 'Sessions', `SESSION#${sub}`);
    return items.filter(({ revokedAt }) => revokedAt === undefined).length;
  };
  const race = async (member: Member, size: number) => {
    const { brand } = member.visitor;
    const visitor = newVisitor(brand);
    await signInOnPages(visitor, member.email, member.password);
    const page = await follow(
      visitor,
      await send(visitor, formTo(await visitor.get('/sign-in'), '/sign-in'), { username: member.email }),
    );
    const form = formTo(page, '/sign-in/password');
    const cookies = [...visitor.cookies];
    const answers = await Promise.all(
      Array.from({ length: size }, () => {
        const tab = newVisitor(brand);
        for (const [name, value] of cookies) tab.cookies.set(name, value);
        return send(tab, form, { password: member.password }).then((answer) => ({ tab, answer }));
      }),
    );
    return { visitor, form, answers };
  };

  it('has one live session, however many sign-ins are sent at once; whoever lost is asked to try again', async () => {
    const member = await newMember('northwind');
    const { answers } = await race(member, 6);
    const statuses = answers.map(({ answer }) => answer.status).toSorted();
    expect(statuses.filter((status) => status === 303).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status !== 303 && status !== 409)).toEqual([]);
    expect(await live('northwind', member.sub)).toBe(1);
  });

  it('SES3: that never read the answer, and signs in again with its old cookie, leaves no session behind', async () => {
    const member = await newMember('northwind');
    const { visitor, form } = await race(member, 1);
    expect(await isSignedIn(visitor)).toBe(false);
    expect((await send(visitor, form, { password: member.password })).status).toBe(303);
    expect([await isSignedIn(visitor), await live('northwind', member.sub)]).toEqual([true, 1]);
  });
});

describe('SES2: a sign-up in a browser that is signed in', () => {
  it('signs the person before out, with their clients', async () => {
    const host = await newMember('northwind');
    const visitor = newVisitor('northwind');
    await signInOnPages(visitor, host.email, host.password);
    const old = cookieOf(visitor);
    const tokens = (await redeem(visitor, await visitor.get(authorizationPath(visitor)))).json;
    expect((await signUpOnPages(visitor)).status).toBe(303);
    expect([await opens('northwind', old), await isSignedIn(visitor)]).toEqual([false, true]);
    await dies(visitor, tokens.refresh_token);
  });
});
