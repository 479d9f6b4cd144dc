import { beforeAll, describe, expect, it } from 'vitest';
import { type AwsCall, askDesk, callsBehind, recycle, withFault } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { refresh, signIn, signUp, startSignUp } from './support/journeys.ts';
import { everyOperation, type Operation, operations } from './support/operations.ts';
import { holdings, patchItem, putItem, readItem } from './support/tables.ts';
import { type BrandId, newVisitor, randomEmail } from './support/visitor.ts';

const past = () => Math.floor(Date.now() / 1000) - 60;
/** Where an account is used is a hint to the risk: it makes a sign-in look newer than it is, never older. */
const isHint = ({ items }: AwsCall) => items.length > 0 && items.every((item) => item === 'SEEN');
const isRead = (call: AwsCall) =>
  call.service === 'dynamodb' && /^(Get|Query|Scan|BatchGet)/.test(call.action) && !isHint(call);

describe('F7: what decides is read strongly consistent', () => {
  beforeAll(async () => {
    for (const name of new Set(everyOperation.map((operation) => operation.function))) await recycle('northwind', name);
  });

  it.concurrent.each(everyOperation)('F7: $name', async ({ ok, prepare }) => {
    const brand = 'northwind';
    const { ask } = await prepare(brand);
    const answer = await ask();
    expect(answer.status).toBe(ok);
    const reads = (await callsBehind(brand, answer)).filter(isRead);
    expect(reads.filter(({ consistent }) => consistent !== true)).toEqual([]);
  });

  it('F7: in whatever else ran: mailer, key rotation, loading of rings', async () => {
    for (const brand of ['northwind', 'solmar'] as const) {
      const reports: readonly { readonly calls: readonly AwsCall[] }[] = await askDesk(brand, 'GET', 'calls');
      const reads = reports.flatMap(({ calls }) => calls).filter((call) => isRead(call) && call.status === 200);
      expect(reads.length).toBeGreaterThan(0);
      expect(reads.filter(({ consistent }) => consistent !== true)).toEqual([]);
    }
  });

  it('F7: a replica that lags cannot revive a session: nothing but the base tables is asked', async () => {
    const { tokens, visitor } = await signUp(newVisitor('solmar'));
    const answer = await visitor.get('/oauth2/userinfo', { token: tokens.access_token });
    const targets = (await callsBehind('solmar', answer)).flatMap((call) => call.targets);
    expect(targets.filter((target) => /index/i.test(target))).toEqual([]);
    await visitor.ask('DELETE', '/v1/account/sessions', { token: tokens.access_token });
    expect((await visitor.get('/oauth2/userinfo', { token: tokens.access_token })).status).toBe(401);
  });
});

const flows: readonly (readonly [Operation, BrandId])[] = [
  [operations.verify, 'northwind'],
  [operations.resend, 'solmar'],
  [operations.codeSignIn, 'solmar'],
  [operations.recover, 'northwind'],
  [operations.confirmAddress, 'solmar'],
];

describe('F8: an item that TTL has not removed yet is treated as absent', () => {
  it.each(flows.map(([operation, brand]) => ({ name: operation.name, operation, brand })))(
    'F8: the flow of $name',
    async ({ operation, brand }) => {
      const { ask, flow } = await operation.prepare(brand);
      await patchItem(brand, 'Sessions', `FLOW#${flow}`, '#', { expiresAt: past(), endsAt: past(), ttl: past() });
      expect((await ask()).json).toMatchObject({ status: 410, code: 'flow_expired' });
      const item = await readItem(brand, 'Sessions', `FLOW#${flow}`);
      expect(item ?? {}).not.toHaveProperty('consumedAt');
    },
  );

  it('F8: a code whose flow lives on: it is dead, a new one may be had', async () => {
    const { ask, flow, email } = await operations.verify.prepare('northwind');
    await patchItem('northwind', 'Sessions', `FLOW#${flow}`, '#', { expiresAt: past() });
    expect((await ask()).json.code).toBe('flow_expired');
    const visitor = newVisitor('northwind');
    expect((await visitor.ask('POST', `/v1/registrations/${flow}/resend`)).status).toBe(202);
    const code = codeOf(await awaitMail(email, 2, 'northwind'));
    expect((await visitor.post(`/v1/registrations/${flow}/verification`, { code })).status).toBe(201);
  });

  it.each(['endsAt', 'idleUntil'])('F8: a session past its %s', async (attribute) => {
    const brand = 'solmar';
    const { visitor, email, password, sub, tokens } = await signUp(newVisitor(brand));
    const [session] = (await holdings(brand, sub)).sessions;
    const other = await signIn(newVisitor(brand), email, password);
    const token = other.json.access_token;
    await patchItem(brand, 'Sessions', `GRANT#${sub}`, session?.sk, { [attribute]: past(), ttl: past() });

    expect((await refresh(visitor, tokens.refresh_token)).json.error).toBe('invalid_grant');
    expect((await visitor.get('/oauth2/userinfo', { token: tokens.access_token })).status).toBe(401);
    expect((await visitor.get('/v1/account', { token: tokens.access_token })).status).toBe(401);
    const { json } = await visitor.get('/v1/account/sessions', { token });
    expect(json.sessions.map(({ id }: { id: string }) => id)).not.toContain(session?.sk);
    expect((await visitor.ask('DELETE', `/v1/account/sessions/${session?.sk}`, { token })).status).toBe(404);
    expect((await visitor.ask('DELETE', '/v1/account/sessions', { token: tokens.access_token })).status).toBe(401);
  });

  it('F8: the count of a window that is over', async () => {
    const brand = 'northwind';
    const { email, password, sub } = await signUp(newVisitor(brand));
    const { identHash } = await holdings(brand, sub);
    const window = Math.floor(Date.now() / 1000 / 900);
    for (const old of [window - 1, window - 2]) {
      await putItem(brand, 'Sessions', { pk: `RATE#password#${identHash}#${old}`, sk: '#', n: 999, ttl: past() });
    }
    expect((await signIn(newVisitor(brand), email, password)).status).toBe(200);
  });
});

describe('F9: a page may be empty and not the last', () => {
  const emptyPages = { kind: 'empty-page', service: 'dynamodb', action: 'Query', tagged: true, times: 3 };

  it.each(['northwind', 'solmar'] as const)('F9: sessions at %s', async (brand) => {
    const { visitor, email, password, tokens } = await signUp(newVisitor(brand));
    for (let n = 0; n < 4; n++) await signIn(newVisitor(brand), email, password);
    const token = tokens.access_token;
    const whole = await visitor.get('/v1/account/sessions', { token });
    expect(whole.json.sessions).toHaveLength(5);
    await withFault(brand, emptyPages, async ({ headers, hits }) => {
      expect((await visitor.get('/v1/account/sessions', { token, headers })).json).toEqual(whole.json);
      expect(await hits()).toBe(3);
    });
  });

  it.each(['/v1/consents', '/v1/consents/history'])('F9: %s', async (path) => {
    const { visitor, tokens } = await signUp(newVisitor('northwind'), {
      consents: [{ purpose: 'terms', granted: true }],
    });
    const token = tokens.access_token;
    for (const granted of [true, false, true]) {
      const json = { granted, version: '2026-01' };
      expect((await visitor.ask('PUT', '/v1/consents/newsletter', { token, json })).status).toBe(200);
    }
    const whole = await visitor.get(path, { token });
    expect((whole.json.history ?? whole.json.consents).length).toBeGreaterThan(2);
    await withFault('northwind', emptyPages, async ({ headers, hits }) => {
      expect((await visitor.get(path, { token, headers })).json).toEqual(whole.json);
      expect(await hits()).toBe(3);
    });
  });

  it('F9: keys that a batch left over are asked for again: a suppressed address gets no mail', async () => {
    const brand = 'solmar';
    const email = randomEmail();
    const visitor = newVisitor(brand);
    const { flow } = await startSignUp(visitor, { email });
    await awaitMail(email, 1, brand);
    const { identHash } = (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
    await putItem(brand, 'Directory', { pk: `SUPPRESS#${identHash}`, sk: '#', bouncedAt: Date.now() });
    const rule = { kind: 'unprocessed', service: 'dynamodb', function: 'mailer', action: 'BatchGetItem', times: 2 };
    await withFault(brand, rule, async ({ hits }) => {
      expect((await visitor.ask('POST', `/v1/registrations/${flow}/resend`)).status).toBe(202);
      await expect.poll(hits, { timeout: 5_000 }).toBe(2);
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await mailsTo(email, brand)).toHaveLength(1);
  });
});
