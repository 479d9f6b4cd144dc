import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { invoke } from './support/faults.ts';
import { signUp } from './support/journeys.ts';
import { deliver } from './support/stream-records.ts';
import { newVisitor } from './support/visitor.ts';

/** Functions behind the gateway, with one of their routes. */
const routes: Readonly<Record<string, string>> = {
  registration: 'POST /v1/registrations',
  login: 'POST /v1/login/password',
  recovery: 'POST /v1/recoveries/{flow}/password',
  token: 'POST /oauth2/token',
  userinfo: 'GET /oauth2/userinfo',
  consent: 'PUT /v1/consents/{purpose}',
  account: 'PATCH /v1/account',
  sessions: 'DELETE /v1/account/sessions/{id}',
};

/** Events as no gateway should send them, and as one day one may. */
function strangeEvents(routeKey: string): readonly unknown[] {
  const json = { 'content-type': 'application/json', authorization: 'Bearer undefined' };
  return [
    {},
    [],
    'text',
    42,
    { routeKey },
    { routeKey: 7, headers: 7, requestContext: 7, cookies: 7, pathParameters: 7, body: 7 },
    { routeKey, headers: null, cookies: null, pathParameters: null, requestContext: null, body: null },
    { routeKey, headers: json, body: '{"email":' },
    { routeKey, headers: json, body: 'e30', isBase64Encoded: true },
    { routeKey, headers: json, body: '%%%', isBase64Encoded: true },
    { routeKey, headers: json, body: '{}', isBase64Encoded: 'yes' },
    { routeKey, headers: json, body: { email: 'a@example.com' } },
    { routeKey, headers: json, body: deflateSync('{}').toString('latin1') },
    { routeKey, headers: json, body: `${'['.repeat(15_000)}${']'.repeat(15_000)}` },
    { routeKey, headers: json, body: `{"__proto__":{"email":"a@example.com"},"constructor":{"prototype":{}}}` },
    { routeKey, headers: json, body: JSON.stringify({ email: 'x'.repeat(5_000_000) }) },
    { routeKey, headers: { 'Content-Type': ['application/json'], Authorization: [] }, multiValueHeaders: { a: ['b'] } },
    { routeKey, headers: { ...json, Authorization: 'Basic Og==' }, cookies: ['', '=', 'a', 'a=b=c', 7] },
    { routeKey, headers: json, pathParameters: { flow: '../..', id: '\u0000', purpose: '__proto__' }, body: '{}' },
    { routeKey, headers: json, requestContext: { http: { sourceIp: 'nowhere' }, timeEpoch: 'today' }, body: '{}' },
    { routeKey: 'POST /nowhere', headers: json, body: '{}' },
    { routeKey: '__proto__', headers: json, body: '{}' },
    { routeKey: 'toString', headers: json, body: '{}' },
    { version: '1.0', httpMethod: 'POST', path: '/oauth2/token', multiValueHeaders: json, body: 'grant_type=x' },
  ];
}

describe('F28: malformed events', () => {
  it.each(Object.entries(routes))('F28: %s answers each with a 4xx', async (name, routeKey) => {
    for (const event of strangeEvents(routeKey)) {
      const { kind, value, message } = await invoke('northwind', name, event);
      const shown = JSON.stringify(event).slice(0, 120);
      expect([shown, kind, message]).toEqual([shown, 'returned', undefined]);
      expect([shown, Math.floor(value.statusCode / 100)]).toEqual([shown, 4]);
      expect(value.headers['cache-control']).toBe('no-store');
    }
  });

  it.each([
    ['a body of 33 KB', { body: JSON.stringify({ email: 'x'.repeat(33_000) }) }, 413],
    ['a body of 11 MB', { body: 'x'.repeat(11_000_000) }, 413],
    ['a body of 10,001 open brackets', { body: '['.repeat(10_001) }, 400],
    ['no body', {}, 415],
    ['a form', { form: { email: 'a@example.com' } }, 415],
    ['a body that is not UTF-8', { body: Buffer.from([0x7b, 0xff, 0xfe]).toString('latin1') }, 400],
    ['another charset', { json: {}, headers: { 'content-type': 'application/json; charset=utf-16' } }, 400],
    ['an encoding of its own', { json: {}, headers: { 'content-type': 'application/octet-stream' } }, 415],
    ['JSON that is null', { body: 'null' }, 400],
    ['JSON that is a number', { body: '1e999' }, 400],
  ] as const)('F28: through the gateway: %s', async (_, asked, status) => {
    const answer = await newVisitor('solmar').ask('POST', '/v1/registrations', asked);
    expect(answer.status).toBe(status);
  });

  it.each([
    '/v1/registrations/%ff/verification',
    '/v1/registrations/%00/verification',
    '/v1/registrations/..%2f..%2fx/verification',
    `/v1/registrations/${'x'.repeat(7_000)}/verification`,
    '/v1/registrations/%7Bflow%7D/verification',
    '/v1//registrations/x/verification',
  ])('F28: through the gateway: %s', async (path) => {
    const { status } = await newVisitor('northwind').post(path, { code: '123456' });
    expect([400, 404, 410, 414, 431]).toContain(status);
  });

  it('F28: odd headers do not make anybody somebody', async () => {
    const visitor = newVisitor('northwind');
    const { tokens } = await signUp(visitor);
    const odd = [
      'Bearer',
      'Bearer ',
      'Bearer null',
      'bearer undefined',
      `Bearer ${tokens.access_token},Bearer ${tokens.access_token}`,
      `Bearer ${tokens.access_token} x`,
      `Basic ${tokens.access_token}`,
      `Bearer ${'x'.repeat(5_000)}`,
      `Bearer ${tokens.access_token.split('.').slice(0, 2).join('.')}.`,
      `Bearer ${tokens.refresh_token}`,
      `Bearer ${tokens.id_token}`,
    ];
    for (const authorization of odd) {
      const { status } = await visitor.get('/v1/account', { headers: { authorization } });
      expect([authorization.slice(0, 40), status]).toEqual([authorization.slice(0, 40), 401]);
    }
  });

  it('F28: stream consumers and feedback name what they cannot read and never lose the rest', async () => {
    const garbage = [{ dynamodb: {} }, { dynamodb: { SequenceNumber: '7', NewImage: { event: { S: 'x' } } } }];
    for (const consumer of ['mailer', 'publisher']) {
      const failed = await deliver('solmar', consumer, garbage as never);
      expect(failed).toEqual(['7']);
    }
    for (const detail of [{}, { eventType: 'Bounce' }, { eventType: 'Bounce', bounce: { bouncedRecipients: 'x' } }]) {
      expect((await invoke('solmar', 'mail-feedback', { source: 'aws.ses', detail })).kind).toBe('failed');
    }
  });
});
