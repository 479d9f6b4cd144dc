import { beforeAll, describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { classOf } from '../architecture/route-classes.ts';
import { cloudNow } from './support/cloud-desk.ts';
import { disableAccount } from './support/disable-account.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { authorizationPath, follow, formTo, send, signInOnPages } from './support/pages.ts';
import { holdings, patchItem } from './support/tables.ts';
import { type Answer, newVisitor, type Visitor } from './support/visitor.ts';

const brand = 'northwind';
const routes = capabilities.flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []));
const keysOf = (wanted: string) =>
  routes.filter((route) => classOf(route) === wanted).map(({ method, path }) => `${method} ${path}`);

/** Comes as far as the last step of a way in, and tells how that step is taken. */
type Way = (visitor: Visitor, member: Member, secret: string) => Promise<() => Promise<Answer>>;

const mailed = async (member: Member, ask: () => Promise<unknown>) => {
  const before = (await mailsTo(member.email, brand)).length;
  await ask();
  return codeOf(await awaitMail(member.email, before + 1, brand));
};

const pagesTo = async (visitor: Visitor, { email }: Member) =>
  follow(visitor, await send(visitor, formTo(await visitor.get('/sign-in'), '/sign-in'), { username: email }));

const ways: Readonly<Record<string, Way>> = {
  'POST /v1/login/password':
    async (visitor, { email, password }) =>
    () =>
      signIn(visitor, email, password),
  'POST /v1/login/code/{flow}': async (visitor, member) => {
    let flow = '';
    const code = await mailed(member, async () => {
      const body = { client_id: visitor.client, email: member.email };
      flow = (await visitor.post('/v1/login/code', body)).json.flow;
    });
    return () => visitor.post(`/v1/login/code/${flow}`, { code });
  },
  'POST /sign-in/password': async (visitor, member) => {
    const form = formTo(await pagesTo(visitor, member), '/sign-in/password');
    return () => send(visitor, form, { password: member.password });
  },
  'POST /sign-in/code': async (visitor, member) => {
    const page = await pagesTo(visitor, member);
    let next: Answer = page;
    const code = await mailed(member, async () => {
      next = await follow(visitor, await send(visitor, formTo(page, '/sign-in/code/start')));
    });
    return () => send(visitor, formTo(next, '/sign-in/code'), { code });
  },
};

/** Ways in that are one already: the second factor of another. */
const seconds: Readonly<Record<string, Way>> = {
  'POST /v1/login/second-factor/{flow}': async (visitor, { email, password }, secret) => {
    const { flow } = await firstFactor(visitor, email, password);
    return async () => secondFactor(visitor, flow, 'totp', totpCode(secret, await cloudNow(brand)));
  },
  'POST /sign-in/second-factor': async (visitor, { email, password }, secret) => {
    const page = await follow(visitor, await signInOnPages(visitor, email, password));
    const form = formTo(page, '/sign-in/second-factor');
    return async () => send(visitor, form, { code: totpCode(secret, await cloudNow(brand)) });
  },
};

/** Where the same is held to, with what it takes: a new account has nothing to be asked for, a passkey wants a device. */
const elsewhere: Readonly<Record<string, string>> = {
  'POST /v1/registrations/{flow}/verification': 'registration-addresses.test.ts',
  'POST /sign-up/verify': 'pages-journeys.test.ts',
  'POST /sign-in/link': 'mailed-link.test.ts',
  'POST /v1/login/passkey': 'passkeys.test.ts',
  'POST /sign-in/passkey': 'passkeys.test.ts',
};

const hasSession = (visitor: Visitor, { json }: Answer) =>
  json?.access_token !== undefined || Boolean(visitor.cookies.get('__Host-session'));

async function enrolled() {
  const member = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
  const secret = await enrolTotp(member);
  // The notice of it, so that the next mail is the one that a test waits for.
  await awaitMail(member.email, 2, brand);
  return { member, secret };
}

describe('LOG2: every way in has the same gates', () => {
  let strong: Awaited<ReturnType<typeof enrolled>>;
  beforeAll(async () => {
    strong = await enrolled();
  });

  it('the matrix knows every route that may begin a session', () => {
    const known = [...Object.keys(ways), ...Object.keys(seconds), ...Object.keys(elsewhere)];
    expect(keysOf('session').toSorted()).toEqual(known.toSorted());
  });

  it.each(Object.entries(ways))('MFA5: %s: who has a second factor gets no session without it', async (_, way) => {
    const { member, secret } = strong;
    const visitor = newVisitor(brand);
    const answer = await (await way(visitor, member, secret))();
    expect(hasSession(visitor, answer)).toBe(false);
    const asked = answer.json?.code ?? answer.headers.get('location');
    expect(asked).toMatch(/^second_factor_required$|^\/sign-in\/second-factor\?/);
  });

  it.each(Object.entries({ ...ways, ...seconds }))(
    'LOG7: %s: who is disabled on the way gets none',
    async (key, way) => {
      const second = key in seconds;
      const member = await signUp(newVisitor(brand));
      const secret = second ? await enrolTotp(member) : '';
      const visitor = newVisitor(brand);
      const last = await way(visitor, member, secret);
      await disableAccount(brand, member.sub);
      const answer = await last();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(hasSession(visitor, answer)).toBe(false);
    },
  );

  it.each(Object.entries(seconds))(
    'LOG7: %s: a password that was changed on the way no longer counts',
    async (_, way) => {
      const { member, secret } = await enrolled();
      const visitor = newVisitor(brand);
      const last = await way(visitor, member, secret);
      const { identHash } = await holdings(brand, member.sub);
      await patchItem(brand, 'Directory', `CRED#${identHash}`, 'password', {
        changedAt: (await cloudNow(brand)) + 1000,
      });
      const answer = await last();
      expect(answer.status).toBe(410);
      expect(hasSession(visitor, answer)).toBe(false);
    },
  );

  it('GD7: consent is asked for behind the second factor as it is behind the first', async () => {
    const member = await signUp(newVisitor(brand));
    const secret = await enrolTotp(member);
    const visitor = newVisitor(brand);
    const { email, password } = member;
    const page = await follow(visitor, await signInOnPages(visitor, email, password, authorizationPath(visitor)));
    const right = await send(visitor, formTo(page, '/sign-in/second-factor'), {
      code: totpCode(secret, await cloudNow(brand)),
    });
    const onward = await follow(visitor, right);
    expect(onward.headers.get('location')).toMatch(/^\/purposes\?/);
  });
});

describe('MFA5: a pending sign-in opens nothing but its own step', () => {
  let strong: Awaited<ReturnType<typeof enrolled>>;
  beforeAll(async () => {
    strong = await enrolled();
  });

  it('no route of a person takes the flow for a token, or a browser that waits for a session', async () => {
    const { member } = strong;
    const visitor = newVisitor(brand);
    const { flow } = await firstFactor(visitor, member.email, member.password);
    await follow(visitor, await signInOnPages(visitor, member.email, member.password));
    for (const { method, path, auth } of routes.filter((route) => classOf(route) === 'person')) {
      const at = path.replace(/\{\w+\}/g, flow);
      const answer = await visitor.ask(
        method,
        at,
        auth === 'bearer' ? { token: flow, ...(method !== 'GET' && { json: {} }) } : {},
      );
      const said = `${method} ${path}: ${answer.status} ${answer.headers.get('location') ?? ''}`;
      if (auth === 'bearer') expect(said).toMatch(/: (401|403) /);
      else if (method === 'GET') expect(said).toMatch(/: 303 \/(sign-in|device|oauth2\/authorize\/continue)|: 40[03] /);
      else expect(said).toMatch(/: (403|415) /);
    }
    expect((await visitor.ask('POST', '/oauth2/introspect', { form: { token: flow } })).status).toBe(401);
  });

  it('LOG3: a flow of one place, purpose or person is none of another', async () => {
    const { member, secret } = strong;
    const visitor = newVisitor(brand);
    const code = totpCode(secret, await cloudNow(brand));
    const { flow } = await firstFactor(visitor, member.email, member.password);
    const started = await visitor.post('/v1/login/code', { client_id: visitor.client, email: member.email });
    const refused = [
      // A flow of another purpose, an id of nobody's, and the step of another journey with this flow.
      await secondFactor(visitor, started.json.flow, 'totp', code),
      await secondFactor(visitor, 'flw_AAAAAAAAAAAAAAAAAAAAAA', 'totp', code),
      await visitor.post(`/v1/login/code/${flow}`, { code }),
      await visitor.post(`/v1/recoveries/${flow}/password`, { code, password: 'nine quiet herons on a pier' }),
      await visitor.post(`/v1/registrations/${flow}/verification`, { code }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([410, 410, 410, 410, 410]);
    expect((await secondFactor(visitor, flow, 'mailed-code', code)).status).toBe(404);
    // That of the pages is none of the JSON journeys: begun-flows.test.ts, for every purpose.
    const other = await enrolled();
    const { flow: theirs } = await firstFactor(newVisitor(brand), other.member.email, other.member.password);
    expect((await secondFactor(visitor, theirs, 'totp', code)).status).toBe(400);
    expect((await secondFactor(visitor, flow, 'totp', code)).status).toBe(200);
    expect((await secondFactor(visitor, flow, 'totp', code)).status).toBe(410);
  });
});
