import { describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { contracts } from '../../bin/contracts.ts';
import { facts } from './support/brand-facts.ts';
import { advance, cloudNow } from './support/cloud-desk.ts';
import { disableAccount } from './support/disable-account.ts';
import { enrolTotp, firstFactor, secondFactor, totpCode } from './support/factors.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, refresh, signIn, signUp } from './support/journeys.ts';
import { askForCode, redeemCode, startMailedFlow } from './support/mailed-flows.ts';
import { enrolPasskey, requestOptionsOf, signInByPasskey } from './support/passkeys.ts';
import { askRaw } from './support/raw-request.ts';
import { type Answer, goodPassword, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

const routes = capabilities.flatMap(({ name, trigger }) =>
  trigger.kind === 'http'
    ? trigger.routes.map((route) => ({ ...route, key: `${route.method} ${route.path}`, capability: name }))
    : [],
);

/** Routes whose success is a token response, by the contract. */
const sessionRoutes = routes
  .filter(({ capability, key }) => {
    const schema = contracts[capability]?.[key]?.reply.schema;
    return schema !== undefined && JSON.stringify(schema).includes('"access_token"');
  })
  .map(({ key }) => key);

/** One honest attempt at each, by somebody who was disabled after everything was prepared. */
const attempts: Readonly<Record<string, (member: Member) => Promise<() => Promise<Answer>>>> = {
  'POST /v1/registrations/{flow}/verification': async ({ visitor, email }) => {
    // Of a disabled owner's address no code is to be had: the flow stays without one.
    const { flow } = (await askForCode(visitor, 'registration', email)).json;
    return () => redeemCode(visitor, 'registration', flow, '123456');
  },
  'POST /v1/login/password': async ({ visitor, email, password }) => {
    return () => signIn(visitor, email, password);
  },
  'POST /v1/login/code/{flow}': async (member) => {
    const { code, redeem } = await startMailedFlow('login-code', member.visitor.brand, member);
    return () => redeem(code);
  },
  'POST /v1/login/passkey': async (member) => {
    const passkey = await enrolPasskey(member);
    const answer = passkey.get(await requestOptionsOf(member.visitor));
    return () => signInByPasskey(member.visitor, answer);
  },
  'POST /v1/login/second-factor/{flow}': async (member) => {
    const { visitor, email, password } = member;
    const secret = await enrolTotp(member);
    const { flow } = await firstFactor(visitor, email, password);
    const code = totpCode(secret, await cloudNow(visitor.brand));
    return () => secondFactor(visitor, flow, 'totp', code);
  },
  'POST /oauth2/token': async ({ visitor, tokens }) => {
    return () => refresh(visitor, tokens.refresh_token);
  },
};

describe('accounts that are not active', () => {
  it('LOG2: the table below has every route that ends in a session', () => {
    expect(sessionRoutes.toSorted()).toEqual(Object.keys(attempts).toSorted());
  });

  it.each(sessionRoutes)('LOG2, LOG7: %s refuses who was disabled since the last step', async (route) => {
    const member = await signUp();
    const attempt = await attempts[route]?.(member);
    await disableAccount('northwind', member.sub);
    const refused = await attempt?.();
    expect(refused?.status).toBeGreaterThanOrEqual(400);
    expect(refused?.status).toBeLessThan(500);
    expect(refused?.text).not.toMatch(/access_token|disabled|locked/);
    expect(refused?.headers.getSetCookie()).toEqual([]);
  });

  it('LOG2: a disabled person’s live token opens no route, and asks for no mail', async () => {
    const member = await signUp();
    const { visitor, tokens, email } = member;
    const account = await visitor.get('/v1/account', { token: tokens.access_token });
    expect(account.status).toBe(200);
    await disableAccount('northwind', member.sub);
    const bearerRoutes = routes.filter(({ auth }) => auth === 'bearer');
    expect(bearerRoutes.length).toBeGreaterThan(8);
    const bodies: Readonly<Record<string, unknown>> = {
      'PATCH /v1/account': { profile: { name: 'Nobody' } },
      'POST /v1/account/password': { current_password: member.password, new_password: 'ten brown bears in a boat' },
      'POST /v1/account/email': { email: randomEmail() },
      'POST /v1/account/email/{flow}': { code: '123456' },
      'PUT /v1/consents/{purpose}': { granted: true, version: facts.northwind.purposes[1]?.version },
    };
    for (const { key, method, path } of bearerRoutes) {
      const url = path
        .replace('{flow}', 'flw_AAAAAAAAAAAAAAAAAAAAAA')
        .replace('{purpose}', 'newsletter')
        .replace('{id}', `ses_${'0'.repeat(36)}`);
      const answer = await visitor.ask(method, url, { token: tokens.access_token, json: bodies[key] });
      expect([key, answer.status, answer.json?.code ?? answer.json?.error]).toEqual([
        key,
        401,
        expect.stringMatching(/token_invalid|invalid_token/),
      ]);
    }
    for (const purpose of ['login-code', 'recovery'] as const) {
      expect((await askForCode(newVisitor(), purpose, email)).status).toBe(202);
    }
    const { email: other } = await signUp();
    await askForCode(newVisitor(), 'recovery', other);
    await awaitMail(other, 2);
    expect((await mailsTo(email)).map(({ tags }) => tags?.kind)).toEqual(['verify']);
  });
});

describe('the order of steps', () => {
  it('LOG3: a step without the one before it gives no session', async () => {
    const visitor = newVisitor();
    const member = await signUp(visitor);
    const registration = await startMailedFlow('registration', 'northwind');
    const signInFlow = await startMailedFlow('login-code', 'northwind', member);
    const skipped = [
      await signIn(newVisitor(), registration.email, 'twelve slow barges go by'),
      await signIn(newVisitor(), registration.email, goodPassword),
      await redeemCode(visitor, 'login-code', 'flw_AAAAAAAAAAAAAAAAAAAAAA', '123456'),
      await redeemCode(visitor, 'login-code', registration.flow, signInFlow.code),
      await redeemCode(visitor, 'registration', signInFlow.flow, signInFlow.code),
      await visitor.post('/v1/login/code', { client_id: visitor.client, email: member.email, code: signInFlow.code }),
    ];
    expect(skipped.map(({ status }) => status)).toEqual([401, 401, 410, 410, 410, 400]);
    for (const { text } of skipped) expect(text).not.toContain('access_token');
    expect((await signInFlow.redeem(signInFlow.code)).status).toBe(200);
    expect((await signInFlow.redeem(signInFlow.code)).status).toBe(410);
    expect((await registration.redeem(registration.code)).status).toBe(201);
  });

  it('LOG3: a password set by sign-up works only once the address is proven, and a stranger’s sign-up changes no account', async () => {
    const owner = await signUp();
    const stranger = newVisitor();
    const taken = await stranger.post('/v1/registrations', {
      client_id: stranger.client,
      email: owner.email,
      password: 'the intruder picks this one',
    });
    expect(taken.status).toBe(202);
    await awaitMail(owner.email, 2);
    expect((await signIn(newVisitor(), owner.email, 'the intruder picks this one')).status).toBe(401);
    expect((await signIn(newVisitor(), owner.email, owner.password)).status).toBe(200);
  });

  it('LOG6: time alone ends no password, and a session carries what it was begun with', async () => {
    const { email, password } = await signUp();
    await advance('northwind', 2 * 86_400);
    const { json } = await signIn(newVisitor(), email, password);
    const claims = JSON.parse(Buffer.from(json.id_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ amr: ['pwd'] });
    const { code, redeem } = await startMailedFlow('login-code', 'northwind', { ...(await signUp()), email });
    const byCode = JSON.parse(Buffer.from((await redeem(code)).json.id_token.split('.')[1], 'base64url').toString());
    expect(byCode).toMatchObject({ amr: ['otp'] });
    expect(codeOf(await awaitMail(email, 2))).toBe(code);
  });
});

/** What an outsider's harness would try at the front door, and what it should be told. */
const oddRequests: readonly (readonly [string, string, (visitor: Visitor) => Promise<Answer>])[] = [
  ['no body', '415 unsupported_media_type', (v) => askRaw(v, { method: 'POST', path: '/v1/login/password' })],
  ['an empty JSON body', '400 request_malformed', (v) => v.ask('POST', '/v1/login/password', { body: '' })],
  ['half a JSON body', '400 request_malformed', (v) => v.ask('POST', '/v1/login/password', { body: '{"email":' })],
  ['a form', '415 unsupported_media_type', (v) => v.ask('POST', '/v1/login/password', { form: { email: 'a@b.cd' } })],
  ['an array', '400 field_invalid', (v) => v.post('/v1/login/password', [])],
  ['null', '400 field_invalid', (v) => v.post('/v1/login/password', null)],
  ['nothing in it', '400 field_invalid', (v) => v.post('/v1/login/password', {})],
  ['a number as password', '400 field_invalid', (v) => signIn(v, randomEmail(), 5 as unknown as string)],
  [
    'another brand’s client',
    '400 client_unknown',
    (v) => signIn({ ...v, client: 'solmar-web' }, randomEmail(), goodPassword),
  ],
  [
    'a client of machines',
    '403 client_not_allowed',
    (v) => signIn({ ...v, client: 'northwind-backend' }, randomEmail(), goodPassword),
  ],
  [
    'a third party’s client',
    '403 client_not_allowed',
    (v) => signIn({ ...v, client: 'northwind-community' }, randomEmail(), goodPassword),
  ],
  [
    'a scope of nobody’s',
    '400 scope_not_allowed',
    (v) => signIn(v, randomEmail(), goodPassword, { scope: 'openid admin' }),
  ],
  ['a short unknown password', '401 credentials_invalid', (v) => signIn(v, randomEmail(), 'x')],
  ['GET', '404 ', (v) => v.get('/v1/login/password')],
  ['PUT', '404 ', (v) => v.ask('PUT', '/v1/login/password', { json: {} })],
  ['a trailing slash', '404 ', (v) => v.post('/v1/login/password/', {})],
  ['a doubled slash', '404 ', (v) => v.post('/v1//login/password', {})],
];

describe('odd requests', () => {
  it.each(oddRequests)('ADM7: signing in with %s is answered %s', async (_, expected, ask) => {
    const visitor = newVisitor();
    const { status, json, text, headers } = await ask(visitor);
    expect(`${status} ${json?.code ?? ''}`).toBe(expected);
    expect(text).not.toMatch(/ at |node:|stack|zod/i);
    if (status !== 404) {
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(json).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    }
  });
});
