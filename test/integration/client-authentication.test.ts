import { describe, expect, it } from 'vitest';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, basic } from './support/client-requests.ts';
import { secretOf } from './support/cloud-desk.ts';
import type { Answer } from './support/visitor.ts';

const clients = {
  northwind: { basic: 'northwind-backend', post: 'northwind-warehouse' },
  solmar: { basic: 'solmar-backend', post: 'solmar-callcenter' },
} as const;
const grant = { grant_type: 'client_credentials' };

function expectStranger(answer: Answer) {
  expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client']);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

describe.each(['northwind', 'solmar'] as const)('client authentication at %s', (brand) => {
  const ids = clients[brand];

  it('OP14: each client by the method that it is registered for, and by no other', async () => {
    const visitor = checkedVisitor(brand);
    const [basicSecret, postSecret] = [await secretOf(brand, ids.basic), await secretOf(brand, ids.post)];
    const byHeader = (id: string, secret: string) => askToken(visitor, grant, basic(id, secret));
    const byBody = (client_id: string, client_secret: string) =>
      askToken(visitor, { ...grant, client_id, client_secret });
    expect((await byHeader(ids.basic, basicSecret)).status).toBe(200);
    expect((await byBody(ids.post, postSecret)).status).toBe(200);
    expectStranger(await byHeader(ids.post, postSecret));
    expectStranger(await byBody(ids.basic, basicSecret));
    expectStranger(await askToken(visitor, { ...grant, client_id: ids.basic }));
    expectStranger(await askToken(visitor, { ...grant, client_id: visitor.client, client_secret: 'x' }));
    expectStranger(await byHeader(visitor.client, ''));
  });

  it('OP14: a second way that is named without a value is none (RFC 6749 section 3.2)', async () => {
    const visitor = checkedVisitor(brand);
    const credentials = basic(ids.basic, await secretOf(brand, ids.basic));
    const empty = { client_id: '', client_secret: '', client_assertion: '', client_assertion_type: '' };
    const { json } = await askToken(visitor, { ...grant, ...empty }, credentials);
    // Its own token nobody revokes (RFC 7009 section 2.2.1).
    const tokens = { '/oauth2/introspect': json.access_token, '/oauth2/revoke': 'lkr_unknown' };
    for (const [path, token] of Object.entries(tokens)) {
      const form = { token, token_type_hint: '', ...empty };
      const answer = await visitor.ask('POST', path, { form, headers: credentials });
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  it('OP14: wrong, empty and swapped secrets and unknown clients are one and the same no', async () => {
    const visitor = checkedVisitor(brand);
    const secret = await secretOf(brand, ids.basic);
    const strangers = [
      basic(ids.basic, 'wrong'),
      basic(ids.basic, ''),
      basic(ids.basic, `${secret} `),
      basic(ids.basic, secret.slice(0, -1)),
      basic(ids.basic, await secretOf(brand, ids.post)),
      basic('nobody', secret),
      basic('__proto__', secret),
    ];
    const answers = [];
    for (const headers of strangers) answers.push(await askToken(visitor, grant, headers));
    for (const answer of answers) expectStranger(answer);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('OP14: a malformed Authorization header is 401 and never 500', async () => {
    const visitor = checkedVisitor(brand);
    const encoded = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const malformed = [
      'Basic',
      'Basic ',
      'Basic !!',
      encoded('no colon'),
      encoded(':secret'),
      encoded('%zz:x'),
      'Bearer x',
      'x',
    ];
    for (const authorization of malformed) expectStranger(await askToken(visitor, grant, { authorization }));
  });

  it('OP14: two methods at once are refused, though each were right', async () => {
    const visitor = checkedVisitor(brand);
    const secret = await secretOf(brand, ids.basic);
    const headers = basic(ids.basic, secret);
    const both = await askToken(visitor, { ...grant, client_id: ids.basic, client_secret: secret }, headers);
    expect([both.status, both.json.error]).toEqual([400, 'invalid_request']);
    const other = await askToken(visitor, { ...grant, client_id: ids.post }, headers);
    expect([other.status, other.json.error]).toEqual([400, 'invalid_request']);
    expect((await askToken(visitor, { ...grant, client_id: ids.basic }, headers)).status).toBe(200);
  });

  it('OP14: a secret in the query is no secret', async () => {
    const visitor = checkedVisitor(brand);
    const query = new URLSearchParams({ client_id: ids.post, client_secret: await secretOf(brand, ids.post) });
    expectStranger(await visitor.ask('POST', `/oauth2/token?${query}`, { form: grant }));
  });

  it('RL4: guesses at a secret are counted and slowed down; who knows it still gets in', async () => {
    const visitor = checkedVisitor(brand);
    const answers: Answer[] = [];
    for (let guess = 0; guess < 25; guess++) {
      answers.push(await askToken(visitor, grant, basic(ids.basic, `guess ${guess}`)));
    }
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(0);
    for (const { headers } of limited) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await askToken(visitor, grant, basic(ids.basic, await secretOf(brand, ids.basic)))).status).toBe(200);
  });
});
