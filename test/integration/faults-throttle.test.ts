import { describe, expect, it } from 'vitest';
import { cancelled, failing, recycle, withFault } from './support/faults.ts';
import { everyOperation, type Operation, operations } from './support/operations.ts';
import { holdings, readItem } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor } from './support/visitor.ts';

/** What may pass is a 503 with Retry-After in the words of the endpoint, far below the gateway's 30 s. */
function expectUnavailable(answer: Answer, { protocol }: Pick<Operation, 'protocol'>): void {
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.headers.get('content-type')).toBe(protocol ? 'application/json' : 'application/problem+json');
  const expected = protocol ? { error: 'temporarily_unavailable' } : { code: 'unavailable', status: 503 };
  expect(answer.json).toMatchObject(expected);
}

/** Both brands get half of the operations each. */
const shared = everyOperation.map((operation, index) => ({
  ...operation,
  brand: (index % 2 === 0 ? 'northwind' : 'solmar') as BrandId,
}));

describe.concurrent.each(shared)('$name at $brand', ({ brand, prepare, ok, ...operation }) => {
  it('F1: refused always it is a 503 and changes nothing; refused once it succeeds', async () => {
    const { ask } = await prepare(brand);
    const always = failing('ProvisionedThroughputExceededException', { tagged: true });
    await withFault(brand, always, async ({ headers, hits }) => {
      const started = performance.now();
      expectUnavailable(await ask(headers), operation);
      expect(performance.now() - started).toBeLessThan(20_000);
      expect(await hits()).toBeGreaterThanOrEqual(2);
    });
    await withFault(brand, failing('ThrottlingException', { tagged: true, times: 1 }), async ({ headers, hits }) => {
      expect((await ask(headers)).status).toBe(ok);
      expect(await hits()).toBe(1);
    });
  });
});

/** Every operation that writes, with the call that meets a transaction of somebody else. */
const transactions = [
  operations.startRegistration,
  operations.resend,
  operations.verify,
  operations.codeSignIn,
  operations.recover,
  operations.giveConsent,
  operations.changePassword,
  operations.startAddress,
  operations.confirmAddress,
  operations.signOutThere,
  operations.signOutEverywhere,
] as const;
const singles = [
  operations.verify,
  operations.passwordSignIn,
  operations.codeSignIn,
  operations.refresh,
  operations.revoke,
  operations.profile,
] as const;

describe.concurrent.each(transactions)('$name', ({ prepare, ok, ...operation }: Operation) => {
  const conflict = cancelled('None', 'TransactionConflict');
  it('F4: a transaction in conflict is tried again, at most five times, then 503', async () => {
    const { ask } = await prepare('solmar');
    await withFault('solmar', conflict, async ({ headers, hits }) => {
      expectUnavailable(await ask(headers), operation);
      expect(await hits()).toBe(5);
    });
    await withFault('solmar', { ...conflict, times: 1 }, async ({ headers, hits }) => {
      expect((await ask(headers)).status).toBe(ok);
      expect(await hits()).toBe(1);
    });
  });
});

describe.concurrent.each(singles)('$name', ({ prepare, ok, ...operation }: Operation) => {
  const conflict = failing('TransactionConflictException', { tagged: true, action: 'UpdateItem' });
  it('F4: a single write that meets a transaction is tried again, then 503', async () => {
    const { ask } = await prepare('northwind');
    await withFault('northwind', conflict, async ({ headers, hits }) => {
      expectUnavailable(await ask(headers), operation);
      expect(await hits()).toBeGreaterThanOrEqual(5);
    });
    await withFault('northwind', { ...conflict, times: 1 }, async ({ headers }) => {
      expect((await ask(headers)).status).toBe(ok);
    });
  });
});

it('F1: a password sign-in that cannot count says nothing about the password', async () => {
  const { ask, member } = await operations.passwordSignIn.prepare('northwind');
  const rule = failing('ProvisionedThroughputExceededException', { tagged: true, itemType: 'RATE' });
  await withFault('northwind', rule, async ({ headers }) => expectUnavailable(await ask(headers), {}));
  expect((await holdings('northwind', member?.sub ?? '')).sessions).toHaveLength(1);
});

it('F1: cold functions answer 503 while the Vault is throttled, and recover by themselves', async () => {
  const visitor = newVisitor('solmar');
  await recycle('solmar', 'discovery');
  await withFault('solmar', failing('ThrottlingException', { table: 'Vault' }), async () => {
    expectUnavailable(await visitor.get('/.well-known/jwks.json'), {});
    expect((await visitor.get('/.well-known/openid-configuration')).status).toBe(200);
  });
  expect((await visitor.get('/.well-known/jwks.json')).json.keys.length).toBeGreaterThan(0);
});

describe('F5: the reasons of a cancelled transaction', () => {
  it.each([
    ['the code was used', ['ConditionalCheckFailed', 'None', 'None'], 410, 'flow_expired'],
    ['the address was taken', ['None', 'ConditionalCheckFailed', 'None'], 409, 'identifier_taken'],
    ['code used and address taken', ['ConditionalCheckFailed', 'ConditionalCheckFailed'], 410, 'flow_expired'],
    ['a conflict beside a taken address', ['TransactionConflict', 'ConditionalCheckFailed'], 409, 'identifier_taken'],
    ['conflicts alone', ['TransactionConflict', 'None', 'TransactionConflict'], 503, 'unavailable'],
    ['a throttle', ['None', 'ThrottlingError'], 503, 'unavailable'],
    ['a hot partition', ['None', 'ProvisionedThroughputExceeded'], 503, 'unavailable'],
    ['a fault of ours', ['None', 'ValidationError'], 500, 'internal'],
  ])('F5: %s', async (_, codes, status, code) => {
    const { ask, flow } = await operations.verify.prepare('northwind');
    await withFault('northwind', cancelled(...codes), async ({ headers }) => {
      expect((await ask(headers)).json).toMatchObject({ status, code });
    });
    expect(await readItem('northwind', 'Sessions', `FLOW#${flow}`)).not.toHaveProperty('consumedAt');
    expect((await ask()).status).toBe(201);
  });

  it('F5: a change of address tells a taken address from a flow that is over', async () => {
    const { ask } = await operations.confirmAddress.prepare('solmar');
    await withFault('solmar', cancelled('ConditionalCheckFailed', 'None'), async ({ headers }) => {
      expect((await ask(headers)).json).toMatchObject({ status: 409, code: 'identifier_taken' });
    });
    await withFault('solmar', cancelled('None', 'ConditionalCheckFailed'), async ({ headers }) => {
      expect((await ask(headers)).json).toMatchObject({ status: 410, code: 'flow_expired' });
    });
    expect((await ask()).status).toBe(200);
  });

  it('F5: a limit that is reached inside a transaction is a 429', async () => {
    const { ask } = await operations.startRegistration.prepare('solmar');
    await withFault('solmar', cancelled('None', 'ConditionalCheckFailed', 'None'), async ({ headers }) => {
      const answer = await ask(headers);
      expect(answer.json).toMatchObject({ status: 429, code: 'too_many_requests' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });
});
