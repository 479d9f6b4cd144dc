import { describe, expect, it } from 'vitest';
import { callsBehind, withFault } from './support/faults.ts';
import { mailsTo } from './support/inbox.ts';
import { refresh, signIn } from './support/journeys.ts';
import { type Operation, operations, type Ready } from './support/operations.ts';
import { holdings, type Item, itemsUnder, readItem } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor } from './support/visitor.ts';

/** What must be true after an operation whose reply from a table was lost somewhere on the way. */
type Check = (brand: BrandId, ready: Ready, answer: Answer) => Promise<void>;

const flowItem = async (brand: BrandId, { flow = '' }: Ready): Promise<Item> =>
  (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
const holdingsOf = (brand: BrandId, { member }: Ready) => holdings(brand, member?.sub ?? '');

/** The counts of an address or a person in one scope. */
async function counted(brand: BrandId, scope: string, hash: string): Promise<readonly number[]> {
  return (await itemsUnder(brand, 'Sessions', `RATE#${scope}#${hash}#`)).map(({ n }) => n);
}

const oneTryAnd =
  (then: Check): Check =>
  async (brand, ready, answer) => {
    const { attempts, consumedAt } = await flowItem(brand, ready);
    expect({ attempts, consumed: consumedAt !== undefined }).toEqual({ attempts: 1, consumed: true });
    await then(brand, ready, answer);
  };

const startedOnce: Check = async (brand, _, { json }) => {
  const flow = (await readItem(brand, 'Sessions', `FLOW#${json.flow}`)) ?? {};
  expect(await counted(brand, 'codes', String(flow.identHash))).toEqual([1]);
};

const cases: readonly (readonly [Operation, Check])[] = [
  [operations.startRegistration, startedOnce],
  [operations.startAddress, startedOnce],
  [
    operations.resend,
    async (brand, ready) => {
      const { resends, identHash } = await flowItem(brand, ready);
      expect(resends).toBe(1);
      expect(await counted(brand, 'codes', identHash)).toEqual([2]);
    },
  ],
  [
    operations.verify,
    oneTryAnd(async (brand, _, { json }) => {
      const { user, ident, sessions, consents } = await holdings(brand, json.sub);
      expect(ident?.userId).toBe(json.sub);
      expect([user?.version, sessions.length, consents.length]).toEqual([1, 1, 2]);
    }),
  ],
  [
    operations.passwordSignIn,
    async (brand, ready) => {
      const { identHash, sessions } = await holdingsOf(brand, ready);
      expect(await counted(brand, 'password', identHash)).toEqual([1]);
      expect(sessions).toHaveLength(2);
    },
  ],
  [
    operations.codeSignIn,
    oneTryAnd(async (brand, ready) => expect((await holdingsOf(brand, ready)).sessions).toHaveLength(2)),
  ],
  [
    operations.recover,
    oneTryAnd(async (brand, { email, password = '' }) => {
      expect((await signIn(newVisitor(brand), email, password)).status).toBe(200);
    }),
  ],
  [
    operations.refresh,
    async (brand, ready, { json }) => {
      const { sessions } = await holdingsOf(brand, ready);
      expect(sessions.map(({ generation, revokedAt }) => [generation, revokedAt])).toEqual([[1, undefined]]);
      expect((await refresh(newVisitor(brand), json.refresh_token)).status).toBe(200);
    },
  ],
  [
    operations.revoke,
    async (brand, ready) => expect((await holdingsOf(brand, ready)).sessions[0]).toHaveProperty('revokedAt'),
  ],
  [
    operations.giveConsent,
    async (brand, ready) => {
      const rows = (await holdingsOf(brand, ready)).consents.map(({ sk }) => String(sk).split('#')[0]);
      expect(rows).toEqual(['CURRENT', 'LOG']);
    },
  ],
  [
    operations.profile,
    async (brand, ready, { json }) => {
      expect(json.profile.nickname).toBe('Robin');
      expect((await holdingsOf(brand, ready)).user?.version).toBe(2);
    },
  ],
  [
    operations.changePassword,
    async (brand, ready) => {
      expect(await counted(brand, 'own-password', ready.member?.sub ?? '')).toEqual([1]);
      expect((await signIn(newVisitor(brand), ready.email, ready.password ?? '')).status).toBe(200);
    },
  ],
  [
    operations.confirmAddress,
    oneTryAnd(async (brand, { email, member }) => {
      expect((await signIn(newVisitor(brand), email, member?.password ?? '')).status).toBe(200);
    }),
  ],
  [
    operations.signOutThere,
    async (brand, ready) => {
      const { sessions } = await holdingsOf(brand, ready);
      expect(sessions.filter(({ revokedAt }) => revokedAt !== undefined)).toHaveLength(1);
    },
  ],
  [
    operations.signOutEverywhere,
    async (brand, { member }) => {
      const { status } = await refresh(newVisitor(brand), member?.tokens.refresh_token ?? '');
      expect(status).toBe(400);
    },
  ],
];

const rows = cases.map(([operation, check], index) => {
  const brand: BrandId = index % 2 === 0 ? 'northwind' : 'solmar';
  return { name: operation.name, brand, operation, check };
});

/** The writes of an operation that went well, each as a selector of faults. */
async function writesOf(brand: BrandId, answer: Answer) {
  const writes = (await callsBehind(brand, answer)).filter(({ service, consistent }) => {
    return service === 'dynamodb' && consistent === undefined;
  });
  return writes.map(({ action, items: [itemType] }) => ({ action, itemType }));
}

describe.concurrent.each(rows)('$name at $brand', ({ brand, operation, check }) => {
  it('F2: whichever write was applied and its reply lost, it happens once and succeeds', async () => {
    const answer = await (await operation.prepare(brand)).ask();
    expect(answer.status).toBe(operation.ok);
    for (const write of await writesOf(brand, answer)) {
      const ready = await operation.prepare(brand);
      const rule = { kind: 'drop-reply', service: 'dynamodb', tagged: true, times: 1, ...write };
      const answer = await withFault(brand, rule, async ({ headers, hits }) => {
        const answer = await ready.ask(headers);
        expect([write, await hits()]).toEqual([write, 1]);
        return answer;
      });
      expect([write, answer.status]).toEqual([write, operation.ok]);
      await check(brand, ready, answer);
    }
  });
});

it('F2: the mail of a flow that was started twice over a lost reply comes once', async () => {
  const { ask, email } = await operations.startRegistration.prepare('northwind');
  const rule = { kind: 'drop-reply', service: 'dynamodb', action: 'TransactWriteItems', tagged: true, times: 1 };
  await withFault('northwind', rule, async ({ headers }) => expect((await ask(headers)).status).toBe(202));
  await expect.poll(async () => (await mailsTo(email, 'northwind')).length, { timeout: 10_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await mailsTo(email, 'northwind')).toHaveLength(1);
});
