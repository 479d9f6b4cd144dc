import { describe, expect, it } from 'vitest';
import { askDesk, withFault } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { refresh, signIn, startSignUp } from './support/journeys.ts';
import { type Operation, operations, type Ready } from './support/operations.ts';
import { holdings, itemsUnder, readItem } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor } from './support/visitor.ts';

/** No address without an owner, no owner without a key and a password, whatever crashed before. */
async function expectWhole(brand: BrandId, sub: string): Promise<void> {
  const { user, ident, credential, dataKey } = await holdings(brand, sub);
  expect(user?.status).toBe('active');
  expect([ident?.userId, credential?.userId]).toEqual([sub, sub]);
  expect(dataKey).toBeDefined();
}

/** What must be true right after the crash, and how the person gets on: by asking again, or by what is done already. */
interface UseCase {
  readonly operation: Operation;
  readonly brand: BrandId;
  readonly afterwards: (brand: BrandId, ready: Ready, again: () => Promise<Answer>) => Promise<void>;
}

const asksAgain =
  (ok: number): UseCase['afterwards'] =>
  async (_brand, _ready, again) =>
    expect((await again()).status).toBe(ok);

/** A flow's code is consumed exactly where the effect took place; else the same code still works. */
const codeWorksOrDidWork =
  (ok: number, effect: (brand: BrandId, ready: Ready) => Promise<boolean>): UseCase['afterwards'] =>
  async (brand, ready, again) => {
    const flow = await readItem(brand, 'Sessions', `FLOW#${ready.flow}`);
    const consumed = flow?.consumedAt !== undefined;
    expect([await effect(brand, ready), flow?.attempts]).toEqual([consumed, 1]);
    const { status, json } = await again();
    expect(consumed ? json.code : status).toBe(consumed ? 'flow_expired' : ok);
    expect(await effect(brand, ready)).toBe(true);
  };

const canSignIn = async (brand: BrandId, { email, password = '' }: Ready) =>
  (await signIn(newVisitor(brand), email, password)).status === 200;

const useCases: readonly UseCase[] = [
  {
    operation: operations.startRegistration,
    brand: 'northwind',
    async afterwards(brand, { email }, again) {
      // The flow and its counters are one write: the mail comes although the answer did not.
      const first = await awaitMail(email, 1, brand);
      expect(codeOf(first)).toMatch(/^\d{6}$/);
      const { status, json } = await again();
      expect(status).toBe(202);
      const code = codeOf(await awaitMail(email, 2, brand));
      const verified = await newVisitor(brand).post(`/v1/registrations/${json.flow}/verification`, { code });
      expect(verified.status).toBe(201);
      await expectWhole(brand, verified.json.sub);
    },
  },
  {
    operation: operations.verify,
    brand: 'solmar',
    afterwards: codeWorksOrDidWork(201, async (brand, { flow, ...ready }) => {
      const { identHash } = (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
      const ident = await readItem(brand, 'Directory', `IDENT#${identHash}`);
      const credential = await readItem(brand, 'Directory', `CRED#${identHash}`, 'password');
      expect(ident?.userId).toBe(credential?.userId);
      if (ident === undefined) {
        const users = await itemsUnder(brand, 'Directory', 'USER#');
        expect(users.filter((user) => user.identHash === identHash)).toEqual([]);
        return false;
      }
      await expectWhole(brand, ident.userId);
      return canSignIn(brand, ready);
    }),
  },
  { operation: operations.passwordSignIn, brand: 'northwind', afterwards: asksAgain(200) },
  {
    operation: operations.codeSignIn,
    brand: 'solmar',
    afterwards: codeWorksOrDidWork(200, async (brand, { member }) => {
      return (await holdings(brand, member?.sub ?? '')).sessions.length > 1;
    }),
  },
  { operation: operations.recover, brand: 'northwind', afterwards: codeWorksOrDidWork(204, canSignIn) },
  {
    operation: operations.changePassword,
    brand: 'solmar',
    async afterwards(brand, ready, again) {
      const [fresh, old] = [await canSignIn(brand, ready), await canSignIn(brand, { ...ready, ...ready.member })];
      expect([fresh, old].filter(Boolean)).toHaveLength(1);
      // Done already: then the current password of the retry is not the current one any more.
      expect((await again()).status).toBe(fresh ? 401 : 204);
      expect(await canSignIn(brand, ready)).toBe(true);
    },
  },
  {
    operation: operations.startAddress,
    brand: 'northwind',
    async afterwards(brand, { member }, again) {
      expect((await again()).status).toBe(202);
      await expectWhole(brand, member?.sub ?? '');
    },
  },
  {
    operation: operations.confirmAddress,
    brand: 'northwind',
    async afterwards(brand, { email, member, ...ready }, again) {
      const password = member?.password ?? '';
      const moved = () => canSignIn(brand, { ...ready, email, password });
      await expectWhole(brand, member?.sub ?? '');
      await codeWorksOrDidWork(200, moved)(brand, { email, ...ready }, again);
      expect(await canSignIn(brand, { ...ready, email: member?.email ?? '', password })).toBe(false);
      await expectWhole(brand, member?.sub ?? '');
    },
  },
  {
    operation: operations.giveConsent,
    brand: 'solmar',
    async afterwards(brand, { member }, again) {
      const kinds = async () =>
        (await holdings(brand, member?.sub ?? '')).consents.map(({ sk }) => String(sk).split('#')[0]);
      // State and evidence stand or fall together.
      expect(await kinds()).toEqual(['CURRENT', 'LOG']);
      expect((await again()).status).toBe(200);
      expect(await kinds()).toEqual(['CURRENT', 'LOG', 'LOG']);
    },
  },
  {
    operation: operations.refresh,
    brand: 'solmar',
    async afterwards(brand, _ready, again) {
      // The client never saw the new token: within the grace the old one gets it.
      const { status, json } = await again();
      expect(status).toBe(200);
      expect((await refresh(newVisitor(brand), json.refresh_token)).status).toBe(200);
    },
  },
  {
    operation: operations.refresh,
    brand: 'northwind',
    async afterwards(brand, { member, email }, again) {
      // Without a grace a retry cannot be told from a thief (RT2): the family dies, the person signs in again.
      expect((await again()).json.error).toBe('invalid_grant');
      const { sessions } = await holdings(brand, member?.sub ?? '');
      expect(sessions[0]).toHaveProperty('revokedAt');
      expect((await signIn(newVisitor(brand), email, member?.password ?? '')).status).toBe(200);
    },
  },
  { operation: operations.revoke, brand: 'northwind', afterwards: asksAgain(200) },
  {
    operation: operations.signOutThere,
    brand: 'solmar',
    async afterwards(brand, { member }, again) {
      expect((await again()).status).toBe(404);
      const { sessions } = await holdings(brand, member?.sub ?? '');
      expect(sessions.map(({ revokedAt }) => revokedAt !== undefined).sort()).toEqual([false, true]);
    },
  },
  {
    operation: operations.signOutEverywhere,
    brand: 'northwind',
    async afterwards(brand, { member }, again) {
      expect((await again()).status).toBe(401);
      const answer = await refresh(newVisitor(brand), member?.tokens.refresh_token ?? '');
      expect(answer.json.error).toBe('invalid_grant');
    },
  },
];

const named = useCases.map((useCase) => ({ name: useCase.operation.name, ...useCase }));

describe.concurrent.each(named)('$name at $brand', ({ brand, operation, afterwards }) => {
  it('F6, F17: killed after each of its writes, nothing is torn and the person gets on', async () => {
    for (let writes = 1, killed = true; killed; writes++) {
      const ready = await operation.prepare(brand);
      const rule = { kind: 'kill-after-write', service: 'dynamodb', tagged: true, writes };
      const answer = await withFault(brand, rule, ({ headers }) => ready.ask(headers));
      killed = answer.status !== operation.ok;
      expect([500, operation.ok]).toContain(answer.status);
      expect(writes > 1 || killed).toBe(true);
      if (killed) await afterwards(brand, ready, ready.ask);
    }
  });
});

it('F6: a mailer that is killed after it claimed a mail sends it later, at most once more', async () => {
  const brand = 'solmar';
  const claim = { service: 'dynamodb', function: 'mailer', action: 'UpdateItem', itemType: 'MAIL' };
  const email = await withFault(
    brand,
    { kind: 'kill-after-write', ...claim, writes: 1, times: 1 },
    async ({ hits }) => {
      const { email } = await startSignUp(newVisitor(brand));
      await expect.poll(hits, { timeout: 5_000 }).toBe(1);
      return email;
    },
  );
  expect(await mailsTo(email, brand)).toEqual([]);
  // The claim of the dead mailer holds for ten seconds.
  await askDesk(brand, 'POST', 'clock', { advance: 11 });
  expect(codeOf(await awaitMail(email, 1, brand))).toMatch(/^\d{6}$/);
  expect(await mailsTo(email, brand)).toHaveLength(1);
});
