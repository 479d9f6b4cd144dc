import { describe, expect, it } from 'vitest';
import { cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, startTotp, totpCode } from './support/factors.ts';
import { awaitMail } from './support/inbox.ts';
import { signIn, signUp, startSignUp } from './support/journeys.ts';
import { recoveredPassword, startMailedFlow } from './support/mailed-flows.ts';
import { newVisitor } from './support/visitor.ts';

const brand = 'northwind';

describe('factors and who the account belongs to', () => {
  it('MFA7: a recovered password takes no factor away, and signs nobody in', async () => {
    const member = await signUp(newVisitor(brand));
    const secret = await enrolTotp(member);
    const recovery = await startMailedFlow('recovery', brand, member);
    const reset = await recovery.redeem(recovery.code);
    expect(reset.status).toBe(204);
    expect(reset.headers.getSetCookie()).toEqual([]);

    const visitor = newVisitor(brand);
    const { flow, factors } = await firstFactor(visitor, member.email, recoveredPassword);
    expect(factors).toEqual(['totp']);
    expect((await visitor.get('/v1/account', { token: flow })).status).toBe(401);
    const code = totpCode(secret, await cloudNow(brand));
    expect((await secondFactor(visitor, flow, 'totp', code)).status).toBe(200);
  });

  it('MFA10: who began a sign-up with another’s address can bind no factor to it', async () => {
    const attacker = newVisitor(brand);
    const begun = await startSignUp(attacker);
    await awaitMail(begun.email, 1, brand);
    const enrolling = await attacker.post('/v1/account/authenticators/totp', undefined, { token: begun.flow });
    expect(enrolling.status).toBe(401);

    // The owner of the address signs up as if nobody had been there.
    const owner = await signUp(newVisitor(brand), { email: begun.email, password: 'twenty calm badgers at noon' });
    const entered = await signIn(newVisitor(brand), owner.email, owner.password);
    expect(entered.status).toBe(200);
    const { json } = await owner.visitor.get('/v1/account/authenticators', { token: owner.tokens.access_token });
    expect(json.authenticators).toEqual([]);
    expect((await signIn(attacker, begun.email, begun.password)).status).toBe(401);

    // Another person's enrolment is nobody else's to confirm.
    const { flow, secret } = await startTotp(owner);
    const other = await signUp(newVisitor(brand));
    const code = totpCode(secret, await cloudNow(brand));
    const token = other.tokens.access_token;
    const confirmed = await other.visitor.post(`/v1/account/authenticators/totp/${flow}`, { code }, { token });
    expect(confirmed.status).toBe(410);
  });
});
