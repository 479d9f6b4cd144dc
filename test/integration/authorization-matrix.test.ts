import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { contracts } from '../../bin/contracts.ts';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import { anotherSession, startAddressChange } from './support/account-journeys.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic } from './support/client-requests.ts';
import { advance, secretOf } from './support/cloud-desk.ts';
import { type Member, signUp } from './support/journeys.ts';
import { patchItem } from './support/tables.ts';
import type { Answer, Asked, BrandId } from './support/visitor.ts';

const brands = { northwind, solmar } as const;

/** Every route that wants a person's token, from the capabilities themselves: a new one is here by itself. */
const routes = capabilities.flatMap(({ trigger }) =>
  trigger.kind === 'http' ? trigger.routes.filter(({ auth }) => auth === 'bearer') : [],
);

/** Requests that would go through with the right token. A route without a row of its own fails the first test. */
const bodiesOf = (brand: BrandId): Readonly<Record<string, unknown>> => ({
  'PUT /v1/consents/{purpose}': { granted: true, version: brands[brand].purposes[0]?.version },
  'PATCH /v1/account': { profile: { name: 'Mallory' } },
  'POST /v1/account/password': { current_password: 'x', new_password: 'four kind otters in the rain' },
  'POST /v1/account/email': { email: 'mallory@example.com' },
  'POST /v1/account/email/{flow}': { code: '123456' },
  'POST /v1/account/authenticators/totp/{flow}': { code: '123456' },
  'POST /v1/account/authenticators/passkeys': {},
  'PATCH /v1/account/authenticators/passkeys/{passkey}': { name: 'Mallory' },
  'POST /v1/account/phone': { phone: '+4915112345678' },
  'POST /v1/account/phone/{flow}': { code: '123456' },
  'PUT /v1/account/code-channel': { channel: 'mail' },
});
const parameters: Readonly<Record<string, string>> = {
  purpose: 'terms',
  flow: 'flw_AAAAAAAAAAAAAAAAAAAAAA',
  id: `ses_${'0'.repeat(36)}`,
  authenticator: 'totp',
  passkey: 'a'.repeat(43),
};
const fill = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? 'missing');

describe.each(['northwind', 'solmar'] as const)('who may call at %s', (brand) => {
  const bodies = bodiesOf(brand);
  let member: Member;
  let dead: Readonly<Record<string, string>>;

  beforeAll(async () => {
    member = await signUp(checkedVisitor(brand));
    const { visitor } = member;
    const disabled = await signUp(checkedVisitor(brand));
    const expired = await anotherSession(member);
    await advance(brand, 901);
    await patchItem(brand, 'Directory', `USER#${disabled.sub}`, '#', { status: 'disabled' });
    const [revoked, live, ofDisabled] = [await anotherSession(member), await anotherSession(member), disabled.tokens];
    await visitor.ask('DELETE', `/v1/account/sessions/${decodeJwt(revoked.id_token).sid}`, {
      token: revoked.access_token,
    });
    const stranger = await signUp(checkedVisitor(brand === 'northwind' ? 'solmar' : 'northwind'));
    const backend = `${brand}-backend`;
    const credentials = basic(backend, await secretOf(brand, backend));
    const machine = await askToken(visitor, { grant_type: 'client_credentials' }, credentials);
    const [header, payload] = live.access_token.split('.');
    dead = {
      garbage: 'garbage',
      'three garbage parts': 'a.b.c',
      expired: expired.access_token,
      'ID token': live.id_token,
      'refresh token': live.refresh_token,
      'client credentials token': String(machine.json.access_token),
      'token of a session that ended': revoked.access_token,
      'token of a disabled person': ofDisabled.access_token,
      'token of the other brand': stranger.tokens.access_token,
      'unsigned token': `${header}.${payload}.`,
    };
  });

  const call = (method: string, path: string, asked: Asked = {}): Promise<Answer> =>
    member.visitor.ask(method, fill(path), { ...asked, json: bodies[`${method} ${path}`] });
  function expectRefused({ status, headers, json }: Answer, what: string) {
    expect([what, status]).toEqual([what, 401]);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="api"/);
    expect(json.code).toMatch(/^token_(missing|invalid)$/);
  }

  it('ADM1: the matrix knows a request for each route that takes a body, and there are routes', () => {
    expect(routes.length).toBeGreaterThanOrEqual(13);
    for (const { method, path } of routes) {
      expect(fill(path)).not.toContain('missing');
      const takesBody = Object.values(contracts).some((contract) => contract[`${method} ${path}`]?.body);
      expect([path, Object.hasOwn(bodies, `${method} ${path}`)]).toEqual([path, takesBody]);
    }
  });

  it.each(routes.map(({ method, path }) => [method, path] as const))(
    'ADM1: %s %s wants a live token of a person',
    async (method, path) => {
      const none = await call(method, path);
      expectRefused(none, 'no token');
      expect([none.json.code, none.headers.get('www-authenticate')]).toEqual(['token_missing', 'Bearer realm="api"']);
      for (const [what, token] of Object.entries(dead)) expectRefused(await call(method, path, { token }), what);
    },
  );

  it.each(routes.map(({ method, path }) => [method, path] as const))(
    'ADM7: %s %s takes a malformed Authorization header for what it is',
    async (method, path) => {
      const malformed = [
        '',
        'Bearer',
        'Bearer ',
        'bearer',
        'Basic eDp5',
        'Bearer a b',
        'Bearer =',
        `Bearer ${'a'.repeat(9000)}`,
        'Bearer é',
        'Digest x',
        '{}',
        'Bearer null',
      ];
      for (const authorization of malformed) {
        expectRefused(await call(method, path, { headers: { authorization } }), authorization.slice(0, 20));
      }
    },
  );

  it('ADM1: a body that is wrong, too, does not come before the token', async () => {
    for (const { method, path } of routes.filter(({ method }) => method !== 'GET')) {
      for (const asked of [{ body: '{' }, { json: { nonsense: true } }, { form: { a: 'b' } }]) {
        expectRefused(await member.visitor.ask(method, fill(path), asked), `${method} ${path}`);
      }
    }
  });

  it('ADM3: who calls is the token’s word alone', async () => {
    const victim = await signUp(checkedVisitor(brand));
    const token = (await anotherSession(member)).access_token;
    const claims = { sub: victim.sub, user: victim.sub, userId: victim.sub, user_id: victim.sub };
    const headers = Object.fromEntries(Object.entries(claims).map(([name, value]) => [`x-${name}`, value]));
    const query = new URLSearchParams(claims);
    for (const path of ['/v1/account', '/oauth2/userinfo']) {
      const { json } = await member.visitor.get(`${path}?${query}`, { token, headers });
      expect(json.sub).toBe(member.sub);
    }
    const cookie = Object.entries(claims).map(([name, value]) => `${name}=${value}`);
    const { json } = await member.visitor.get('/v1/account', { token, headers: { cookie: cookie.join('; ') } });
    expect(json.sub).toBe(member.sub);
    const patched = await member.visitor.ask('PATCH', '/v1/account', {
      token,
      json: { ...claims, profile: { name: 'M' } },
    });
    expect(patched.status).toBe(400);
  });

  it('ORG4: another person’s ids are ids of nothing', async () => {
    const victim = await signUp(checkedVisitor(brand));
    const token = (await anotherSession(member)).access_token;
    const session = decodeJwt(victim.tokens.id_token).sid;
    const ended = await member.visitor.ask('DELETE', `/v1/account/sessions/${session}`, { token });
    expect([ended.status, ended.json.code]).toEqual([404, 'session_unknown']);
    const change = await startAddressChange(victim.visitor, victim.tokens.access_token);
    const confirmed = await member.visitor.post(`/v1/account/email/${change.flow}`, { code: change.code }, { token });
    expect([confirmed.status, confirmed.json.code]).toEqual([410, 'flow_expired']);
    const answers = await Promise.all(
      ['/v1/account', '/v1/account/sessions', '/v1/consents', '/v1/consents/history'].map((path) =>
        member.visitor.get(path, { token }),
      ),
    );
    for (const { text } of answers) expect(text).not.toMatch(new RegExp(`${victim.sub}|${victim.email}|${session}`));
    const { json } = await victim.visitor.get('/v1/account', { token: victim.tokens.access_token });
    expect(json.email).toBe(victim.email);
  });
});
