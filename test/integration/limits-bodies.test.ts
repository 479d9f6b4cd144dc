import { describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { callsBehind } from './support/faults.ts';
import { askRaw } from './support/raw-request.ts';
import { newVisitor, randomEmail } from './support/visitor.ts';

const megabyte = 'x'.repeat(1024 * 1024);
const address = () => JSON.stringify(randomEmail());

/** Bodies that cost more to work on than to send, made for a client and an address. */
const bodies: Readonly<Record<string, readonly [status: number, body: () => string]>> = {
  'a megabyte of password': [413, () => `{"client_id":"northwind-web","email":${address()},"password":"${megabyte}"}`],
  'a megabyte of address': [
    413,
    () => `{"client_id":"northwind-web","email":"${megabyte}@example.com","password":"x"}`,
  ],
  'a password of 5,000 characters': [
    400,
    () => `{"client_id":"northwind-web","email":${address()},"password":"${'x'.repeat(5000)}"}`,
  ],
  'an address of 5,000 characters': [
    400,
    () => `{"client_id":"northwind-web","email":"${'a@'.repeat(2500)}b.example","password":"x"}`,
  ],
  '14,000 levels of JSON': [
    400,
    () => `{"client_id":${'['.repeat(14_000)}${']'.repeat(14_000)},"email":${address()},"password":"x"}`,
  ],
  'a number of 10,000 digits': [
    400,
    () => `{"client_id":"northwind-web","email":${address()},"password":${'9'.repeat(10_000)}}`,
  ],
  'a number of 1e999999': [400, () => `{"client_id":1e999999,"email":${address()},"password":"x"}`],
  '3,000 fields': [400, () => JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`f${i}`, 1])))],
  'an unpaired surrogate': [400, () => `{"client_id":"northwind-web","email":"\\ud800@example.com","password":"x"}`],
};

const routes = ['/v1/registrations', '/v1/login/password', '/v1/recoveries'] as const;

describe.each(Object.entries(bodies))('%s', (_, [expected, body]) => {
  it.each(routes)('RL8: is refused by %s before anything is hashed or written', async (path) => {
    const visitor = newVisitor();
    const answer = await visitor.ask('POST', path, { body: body() });
    expect(answer.status).toBe(expected);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.json.code).toBe(expected === 413 ? 'body_too_large' : 'field_invalid');
    // The refusal is not as long as the request.
    expect(answer.text.length).toBeLessThan(4096);
    const written = (await callsBehind('northwind', answer)).filter(({ items }) => items.includes('RATE'));
    expect(written).toEqual([]);
  });
});

/** Every route that takes a body, from the capabilities themselves: a new one is here by itself. */
const taking = capabilities
  .flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []))
  .filter(({ method }) => method !== 'GET')
  .map(({ method, path }) => ({ method, path: path.replace(/\{\w+\}/g, 'x'.repeat(22)) }));

/** About a megabyte each: one long value, and as many names as fit, which cost most where each is looked up in a list. */
const rubbish = {
  'a form of one name': ['application/x-www-form-urlencoded', `a=${megabyte}`],
  'a form of 110,000 names': [
    'application/x-www-form-urlencoded',
    Array.from({ length: 110_000 }, (_, at) => `name${at}=`).join('&'),
  ],
  'JSON of 70,000 names': [
    'application/json',
    JSON.stringify(Object.fromEntries(Array.from({ length: 70_000 }, (_, at) => [`name${at}`, at]))),
  ],
} as const;

describe.each(Object.entries(rubbish))('%s', (_, [type, body]) => {
  it.each(taking)('RL8: is refused by $method $path before anything looks into it', async ({ method, path }) => {
    const answer = await checkedVisitor().ask(method, path, { body, headers: { 'content-type': type } });
    expect(answer.status).toBe(413);
    expect(answer.text.length).toBeLessThan(body.length / 50);
    const calls = await callsBehind('northwind', answer);
    expect(calls.filter(({ items }) => items.some((item) => item !== 'KEYRING'))).toEqual([]);
  });
});

describe('what the gateway and the parser refuse', () => {
  it('RL8: a body beyond the gateway’s ten megabytes is a 413', async () => {
    const answer = await newVisitor().ask('POST', '/v1/login/password', { body: megabyte.repeat(11) });
    expect(answer.status).toBe(413);
  });

  it('RL8: endless headers are refused, endless queries ignored', async () => {
    const visitor = newVisitor();
    const long = await askRaw(visitor, {
      method: 'GET',
      path: '/oauth2/userinfo',
      headers: { 'x-long': 'x'.repeat(20_000) },
    });
    expect(long.status).toBe(431);
    const token = `Bearer ${'x'.repeat(8000)}`;
    expect(
      (await askRaw(visitor, { method: 'GET', path: '/oauth2/userinfo', headers: { authorization: token } })).status,
    ).toBe(401);
    const query = await visitor.post(`/v1/login/password?${'a=b&'.repeat(500)}`, {});
    expect([query.status, query.json.code]).toEqual([400, 'field_invalid']);
  });

  it('RL8: at the token endpoint the same is said in the words of OAuth', async () => {
    const visitor = newVisitor();
    const large = await visitor.ask('POST', '/oauth2/token', {
      form: { grant_type: 'refresh_token', refresh_token: megabyte },
    });
    expect([large.status, large.json.error]).toEqual([413, 'invalid_request']);
    const twice = await visitor.ask('POST', '/oauth2/token', {
      body: 'grant_type=refresh_token&grant_type=client_credentials',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([twice.status, twice.json.error]).toEqual([400, 'invalid_request']);
    const long = await visitor.ask('POST', '/oauth2/token', {
      form: { grant_type: 'refresh_token', client_id: visitor.client, refresh_token: 'x'.repeat(5000) },
    });
    expect([long.status, long.json.error]).toEqual([400, 'invalid_request']);
  });
});
