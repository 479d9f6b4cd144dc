import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { signUp } from './support/journeys.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { type Answer, newVisitor, randomEmail } from './support/visitor.ts';

const codes = (answers: readonly Answer[]) => answers.map(({ status }) => status);

describe('codes that a signed-in person asks for', () => {
  it('RL3: one account has so many mails and texts sent to whomever, in all, and another account has its own', async () => {
    const { startsPerAccount } = facts.solmar.limits;
    const { max } = startsPerAccount;
    await roomyWindow('solmar', startsPerAccount);
    const [member, other] = await Promise.all([signUp(newVisitor('solmar')), signUp(newVisitor('solmar'))]);
    const token = member.tokens.access_token;
    const mail = () => member.visitor.post('/v1/account/email', { email: randomEmail() }, { token });
    const text = () =>
      member.visitor.post('/v1/account/phone', { phone: `+346${randomInt(10_000_000, 99_999_999)}` }, { token });
    const answers: Answer[] = [];
    for (let turn = 0; turn < max + 4; turn++) answers.push(await (turn % 2 === 0 ? mail() : text()));
    expect(codes(answers)).toEqual([...Array(max).fill(202), 429, 429, 429, 429]);
    const [held] = answers.slice(-1);
    expect(held?.json.code).toBe('too_many_requests');
    expect(Number(held?.headers.get('retry-after'))).toBeLessThanOrEqual(startsPerAccount.window);
    const elsewhere = newVisitor('solmar');
    expect((await elsewhere.post('/v1/account/email', { email: randomEmail() }, { token })).status).toBe(429);
    const own = { token: other.tokens.access_token };
    expect((await other.visitor.post('/v1/account/email', { email: randomEmail() }, own)).status).toBe(202);
  });
});
