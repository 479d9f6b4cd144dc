import { describe, expect, it } from 'vitest';
import { awaitMailOfKind, codeOf } from './support/inbox.ts';
import { type Member, signUp } from './support/journeys.ts';
import { awaitNotices, notMeLinkOf, remembered, signInFrom } from './support/notices.ts';
import { formTo, send } from './support/pages.ts';
import { awaitText, bothProven, prove, randomNumber, textsTo } from './support/phones.ts';
import { newVisitor } from './support/visitor.ts';

const brand = 'solmar';

/** A code for the address of the account, begun by anybody. */
async function begin({ email }: Member): Promise<string> {
  const visitor = newVisitor(brand);
  const { json } = await visitor.post('/v1/login/code', { client_id: visitor.client, email });
  return json.flow;
}

const show = (flow: string, code: string) => newVisitor(brand).post(`/v1/login/code/${flow}`, { code });

/** An intruder with a session has codes for the address sent to a number of their own, and has asked for one. */
async function intruded() {
  const member = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
  await remembered(brand, member, 1);
  const visitor = newVisitor(brand);
  const tokens = (await signInFrom(visitor, member)).json;
  const number = randomNumber();
  expect((await prove({ ...member, visitor, tokens }, number)).status).toBe(200);
  const notice = (await awaitNotices(brand, member, 1)).at(-1);
  const { access_token: token } = await bothProven({ ...member, visitor, number });
  const chosen = await visitor.ask('PUT', '/v1/account/code-channel', { json: { channel: 'text' }, token });
  expect(chosen.status, chosen.text).toBe(200);
  const before = (await textsTo(number)).length;
  const flow = await begin(member);
  const code = codeOf(await awaitText(number, before + 1));
  return { member, token, notice, flow, code };
}

type Intruded = Awaited<ReturnType<typeof intruded>>;

const withdrawals: Readonly<Record<string, (intruded: Intruded) => Promise<unknown>>> = {
  'the sign-in is disowned': async ({ notice }) => {
    const elsewhere = newVisitor(brand);
    const pressed = await send(elsewhere, formTo(await elsewhere.get(notMeLinkOf(notice)), '/recover/not-me'));
    expect(pressed.status).toBe(303);
  },
  'the number is removed': async ({ token }) => {
    const removed = await newVisitor(brand).ask('DELETE', '/v1/account/phone', { token });
    expect(removed.status, removed.text).toBe(204);
  },
  'codes go by mail again': async ({ token }) => {
    const json = { channel: 'mail' };
    expect((await newVisitor(brand).ask('PUT', '/v1/account/code-channel', { json, token })).status).toBe(200);
  },
  'everybody is signed out': async ({ token }) => {
    expect((await newVisitor(brand).ask('DELETE', '/v1/account/sessions', { token })).status).toBe(204);
  },
};

describe('LOG5, MFA2, MFA8: a code that went to a number is worth nothing once no code goes there', () => {
  it.each(Object.entries(withdrawals))('LOG5, MFA8: it is over when %s', async (_, withdraw) => {
    const found = await intruded();
    await withdraw(found);
    const shown = await show(found.flow, found.code);
    expect([shown.status, shown.json.code]).toEqual([410, 'flow_expired']);
  });

  it('LOG5, MFA8: a code that is asked for afterwards goes by mail, and signs in', async () => {
    const found = await intruded();
    await withdrawals['the number is removed']?.(found);
    await withdrawals['everybody is signed out']?.(found);
    const flow = await begin(found.member);
    const code = codeOf(await awaitMailOfKind('sign-in-code', found.member.email, 1, brand));
    const shown = await show(flow, code);
    expect(shown.status, shown.text).toBe(200);
  });
});
