import { beforeAll, describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { type Member, signUp } from './support/journeys.ts';
import type { Answer, Asked } from './support/visitor.ts';

const languages = {
  northwind: { default: 'en', other: 'de', sentence: /[A-Za-z]/ },
  solmar: { default: 'es', other: 'ar', sentence: /[\u0600-\u06ff]/ },
} as const;

/** RFC 9457, and nothing that tells of the inside. */
function expectProblem(answer: Answer, status: number, code: string) {
  const { json, headers, text } = answer;
  expect([answer.status, json?.code, text]).toEqual([status, code, text]);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(json).toMatchObject({
    type: `urn:latchkey:problem:${code}`,
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S/),
    instance: expect.stringMatching(/^urn:latchkey:request:[\w-]+$/),
  });
  expect(text).not.toMatch(/\bat .*\.(ts|mjs|js)\b|node_modules|Error:|dynamodb|arn:aws|stack/i);
}

describe.each(['northwind', 'solmar'] as const)('errors at %s', (brand) => {
  let member: Member;
  beforeAll(async () => {
    member = await signUp(checkedVisitor(brand));
  });
  const json = (body: string): Asked => ({ body, headers: { 'content-type': 'application/json' } });

  it('ADM7: each kind of refusal is problem details, named and told apart by code', async () => {
    const { visitor } = member;
    const token = member.tokens.access_token;
    const login = (body: unknown) => visitor.post('/v1/login/password', body);
    const good = { client_id: visitor.client, email: member.email, password: member.password };
    expectProblem(await visitor.get('/v1/account'), 401, 'token_missing');
    expectProblem(await visitor.get('/v1/account', { token: 'x' }), 401, 'token_invalid');
    expectProblem(await visitor.ask('POST', '/v1/login/password', json('{')), 400, 'request_malformed');
    expectProblem(await visitor.ask('POST', '/v1/login/password', json('')), 400, 'request_malformed');
    expectProblem(await visitor.ask('POST', '/v1/login/password', { form: {} }), 415, 'unsupported_media_type');
    expectProblem(await visitor.ask('POST', '/v1/login/password'), 415, 'unsupported_media_type');
    expectProblem(await login({ ...good, more: 'x'.repeat(40_000) }), 413, 'body_too_large');
    expectProblem(await login({}), 400, 'field_invalid');
    expectProblem(await login({ ...good, client_id: 'nobody' }), 400, 'client_unknown');
    expectProblem(await login({ ...good, client_id: `${brand}-backend` }), 403, 'client_not_allowed');
    expectProblem(await login({ ...good, scope: 'admin' }), 400, 'scope_not_allowed');
    expectProblem(await login({ ...good, password: 'wrong' }), 401, 'credentials_invalid');
    expectProblem(await visitor.post('/v1/login/code/none', { code: '123456' }), 410, 'flow_expired');
    expectProblem(await visitor.ask('DELETE', '/v1/account/sessions/none', { token }), 404, 'session_unknown');
  });

  it('ADM7: every broken field is named with its rule, in a sentence, and never with its value', async () => {
    const { visitor } = member;
    const answer = await visitor.post('/v1/registrations', {
      client_id: visitor.client,
      email: ['secret@example.com'],
      password: 17,
      profile: { nmae: 'secret' },
    });
    expectProblem(answer, 400, 'field_invalid');
    const said = answer.json.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`);
    expect(said.toSorted()).toEqual(['email type', 'password type', 'profile.nmae unknown_field']);
    for (const { detail } of answer.json.errors) expect(detail).toMatch(/\S/);
    expect(answer.text).not.toContain('secret');
  });

  it('ADM7: the sentences are in the language asked for, else in the brand’s; the code stays', async () => {
    const { default: own, other, sentence } = languages[brand];
    const ask = (language: string) => member.visitor.get('/v1/account', { headers: { 'accept-language': language } });
    const [plain, translated, regional, unknown] = [
      await ask('*'),
      await ask(other),
      await ask(`${other}-XX, en;q=0.5`),
      await ask('tlh, qya;q=0.9'),
    ];
    for (const answer of [plain, translated, regional, unknown]) expectProblem(answer, 401, 'token_missing');
    expect(plain.headers.get('content-language')).toBe(own);
    expect(unknown.json.title).toBe(plain.json.title);
    expect(translated.headers.get('content-language')).toBe(other);
    expect(regional.json.detail).toBe(translated.json.detail);
    expect(translated.json.detail).not.toBe(plain.json.detail);
    expect(translated.json.detail).toMatch(sentence);
  });

  it('ADM7: no two requests have one instance, and the gateway’s id is in it', async () => {
    const [one, two] = [await member.visitor.get('/v1/account'), await member.visitor.get('/v1/account')];
    expect(one.json.instance).not.toBe(two.json.instance);
    expect(one.json.instance).toContain(one.headers.get('apigw-requestid'));
  });

  it('ADM7: an unknown path or method is a plain 404', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/v1'],
      ['GET', '/v1/admin/users'],
      ['PUT', '/v1/account'],
      ['DELETE', '/v1/account'],
      ['GET', '/v1/login/password'],
      ['GET', '/oauth2/token'],
      ['GET', '/v1/account/'],
      ['GET', '//v1/account'],
    ] as const) {
      const { status } = await member.visitor.ask(method, path, { token: member.tokens.access_token });
      expect([method, path, status]).toEqual([method, path, 404]);
    }
  });

  it('WEB1: every answer has HSTS, nosniff and a referrer policy', async () => {
    const answers = [
      await member.visitor.get('/v1/account'),
      await member.visitor.get('/v1/account', { token: member.tokens.access_token }),
      await member.visitor.get('/.well-known/jwks.json'),
      await member.visitor.ask('POST', '/oauth2/token', { form: {} }),
      await member.visitor.get('/email-change/cancel'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });
});
