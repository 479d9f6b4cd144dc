import { describe, expect, it } from 'vitest';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, refresh, signIn, signUp, startSignUp } from './support/journeys.ts';
import { type Operation, operations } from './support/operations.ts';
import { holdings, itemsUnder, readItem } from './support/tables.ts';
import { type Answer, type BrandId, newVisitor, randomEmail } from './support/visitor.ts';

const RIVALS = 50;

/** How often each status came. */
function tally(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** All at the same time. */
const rivals = (ask: (n: number) => Promise<Answer>) => Promise.all(Array.from({ length: RIVALS }, (_, n) => ask(n)));

/** One code, presented fifty times at once: one effect; the others learn that it is used or that there were too many. */
const oneCode: readonly (readonly [Operation, BrandId])[] = [
  [operations.verify, 'northwind'],
  [operations.codeSignIn, 'solmar'],
  [operations.recover, 'northwind'],
  [operations.confirmAddress, 'solmar'],
];

describe.each(oneCode)('$name', (operation, brand) => {
  it('F3: fifty rivals with one code: one wins, the others are told in codes', async () => {
    const ready = await operation.prepare(brand);
    const answers = await rivals(() => ready.ask());
    expect(answers.filter(({ status }) => status === operation.ok)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status !== operation.ok).map(({ json }) => json.code);
    const fair = ['flow_expired', 'code_spent', 'conflict_retry', 'token_invalid', 'identifier_taken'];
    expect(fair).toEqual(expect.arrayContaining([...new Set(losers)]));
    expect(Object.keys(tally(answers)).filter((status) => Number(status) >= 500)).toEqual([]);
    const flow = await readItem(brand, 'Sessions', `FLOW#${ready.flow}`);
    expect(flow).toHaveProperty('consumedAt');
  });
});

it('F3: fifty refreshes with one token: one wins, nobody gets two families, never a 500', async () => {
  const member = await signUp(newVisitor('northwind'));
  const answers = await rivals(() => refresh(member.visitor, member.tokens.refresh_token));
  const winners = answers.filter(({ status }) => status === 200);
  expect(winners.length).toBe(1);
  const losers = answers.filter(({ status }) => status !== 200);
  expect(losers.every(({ status, json }) => status === 400 && json.error === 'invalid_grant')).toBe(true);
  const { sessions } = await holdings('northwind', member.sub);
  expect(sessions.map(({ generation }) => generation)).toEqual([1]);
});

it('F3: with a grace, rivals of a refresh all continue the one session', async () => {
  const member = await signUp(newVisitor('solmar'));
  const answers = await rivals(() => refresh(member.visitor, member.tokens.refresh_token));
  expect(tally(answers)).toEqual({ 200: RIVALS });
  expect(new Set(answers.map(({ json }) => json.refresh_token)).size).toBe(1);
  const { sessions } = await holdings('solmar', member.sub);
  expect(sessions.map(({ generation, revokedAt }) => [generation, revokedAt])).toEqual([[1, undefined]]);
});

it('F3: five sign-ups for one address, ten rivals each: one account', async () => {
  const brand = 'northwind';
  const email = randomEmail();
  const starts: { readonly flow: string; readonly code: string }[] = [];
  for (let n = 1; n <= 5; n++) {
    const { flow } = await startSignUp(newVisitor(brand), { email });
    starts.push({ flow, code: codeOf(await awaitMail(email, n, brand)) });
  }
  const answers = await rivals((n) => {
    const { flow = '', code = '' } = starts[n % 5] ?? {};
    return newVisitor(brand).post(`/v1/registrations/${flow}/verification`, { code });
  });
  const [winner, ...more] = answers.filter(({ status }) => status === 201);
  expect(more).toEqual([]);
  const losers = answers.filter(({ status }) => status !== 201).map(({ json }) => json.code);
  expect(['identifier_taken', 'flow_expired', 'code_spent']).toEqual(expect.arrayContaining([...new Set(losers)]));
  const { ident, identHash } = await holdings(brand, winner?.json.sub);
  expect(ident?.userId).toBe(winner?.json.sub);
  const owners = (await itemsUnder(brand, 'Directory', 'USER#')).filter((user) => user.identHash === identHash);
  expect(owners).toHaveLength(1);
});

it('F3: five people who want one address, ten tries each at once: one gets it', async () => {
  const brand = 'solmar';
  const wanted = randomEmail();
  const flows: { readonly member: Member; readonly ask: () => Promise<Answer> }[] = [];
  for (let n = 1; n <= 5; n++) {
    const member = await signUp(newVisitor(brand));
    const token = member.tokens.access_token;
    const { json } = await member.visitor.post('/v1/account/email', { email: wanted }, { token });
    const code = codeOf(await awaitMail(wanted, n, brand));
    flows.push({ member, ask: () => member.visitor.post(`/v1/account/email/${json.flow}`, { code }, { token }) });
  }
  const answers = await rivals((n) => flows[n % 5]?.ask() ?? Promise.reject(new Error('no flow')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const signIns = await Promise.all(flows.map(({ member }) => signIn(newVisitor(brand), wanted, member.password)));
  // All have one password; the address belongs to one of them.
  const subs = new Set(
    await Promise.all(
      signIns.map(async ({ json }) => {
        const { json: me } = await newVisitor(brand).get('/oauth2/userinfo', { token: json.access_token });
        return me.sub;
      }),
    ),
  );
  expect(subs.size).toBe(1);
  // Each of the losers still signs in with the old address.
  const old = await Promise.all(flows.map(({ member }) => signIn(newVisitor(brand), member.email, member.password)));
  expect(tally(old)).toEqual({ 200: 4, 401: 1 });
});

it('F3: fifty sign-outs and changes of one account at once: never a 500, and it ends signed out', async () => {
  const brand = 'northwind';
  const member = await signUp(newVisitor(brand));
  const { visitor, tokens } = member;
  const token = tokens.access_token;
  const answers = await rivals((n) => {
    if (n === 25) return visitor.ask('DELETE', '/v1/account/sessions', { token });
    return visitor.ask('PATCH', '/v1/account', { token, json: { profile: { nickname: `Robin ${n}` } } });
  });
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(answers.map(({ status }) => status).filter((status) => ![200, 204, 401, 409].includes(status))).toEqual([]);
  expect((await visitor.get('/v1/account', { token })).status).toBe(401);
  const done = answers.filter(({ status }) => status === 200).length;
  expect((await holdings(brand, member.sub)).user?.version).toBe(1 + done);
});

it('F3: fifty requests for a code at once: no more mails than are free, and work for the rest', async () => {
  const brand = 'northwind';
  const email = randomEmail();
  const answers = await rivals(() => {
    const visitor = newVisitor(brand);
    return visitor.post('/v1/recoveries', { client_id: visitor.client, email });
  });
  expect(tally(answers)).toEqual({ 202: 6, 403: RIVALS - 6 });
  await expect.poll(async () => (await mailsTo(email, brand)).length, { timeout: 10_000 }).toBe(6);
});
