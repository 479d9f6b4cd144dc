import { beforeAll, describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { awaitEvent, cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, firstFactor, secondFactor, startTotp, totpCode, wrongTotp } from './support/factors.ts';
import { awaitMail } from './support/inbox.ts';
import { type Member, signIn, signUp } from './support/journeys.ts';
import { follow, formTo, send, signInOnPages } from './support/pages.ts';
import { nextWindow } from './support/rate-windows.ts';
import { partition } from './support/tables.ts';
import { newVisitor } from './support/visitor.ts';

const brand = 'northwind';

describe('an authenticator app', () => {
  let member: Member;
  let secret: string;
  beforeAll(async () => {
    member = await signUp(newVisitor(brand));
    secret = await enrolTotp(member);
  });

  it('MFA3, MFA4: counts after a right code alone, is sealed at rest, and the person is told', async () => {
    const other = await signUp(newVisitor(brand));
    const { flow, secret: shown, uri, qr } = await startTotp(other);
    expect(uri).toContain(`secret=${shown}`);
    expect(qr).toMatch(/^<svg .*<\/svg>$/s);
    const token = other.tokens.access_token;
    const wrong = { code: wrongTotp(shown, await cloudNow(brand)) };
    expect((await other.visitor.post(`/v1/account/authenticators/totp/${flow}`, wrong, { token })).status).toBe(400);
    expect((await signIn(other.visitor, other.email, other.password)).status).toBe(200);
    const stolen = await member.visitor.post(`/v1/account/authenticators/totp/${flow}`, wrong, {
      token: member.tokens.access_token,
    });
    expect([401, 410]).toContain(stolen.status);

    const items = await partition(brand, 'Directory', `FACTOR#${member.sub}`);
    expect(JSON.stringify(items)).not.toContain(secret);
    await awaitEvent(brand, 'factor.added', member.sub);
    await awaitMail(member.email, 2, brand);
  });

  it('MFA5: the password alone begins no session; both do, and the token tells it (MFA9)', async () => {
    const visitor = newVisitor(brand);
    const { flow, factors } = await firstFactor(visitor, member.email, member.password);
    expect(factors).toEqual(['totp']);
    expect((await secondFactor(visitor, flow, 'totp', wrongTotp(secret, await cloudNow(brand)))).status).toBe(400);
    const code = totpCode(secret, await cloudNow(brand));
    const answer = await secondFactor(visitor, flow, 'totp', code);
    expect(answer.status).toBe(200);
    const claims = JSON.parse(Buffer.from(answer.json.access_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
    expect((await secondFactor(visitor, flow, 'totp', code)).status).toBe(410);

    // MFA2: the same code at another sign-in.
    const next = await firstFactor(visitor, member.email, member.password);
    expect((await secondFactor(visitor, next.flow, 'totp', code)).status).toBe(400);
  });

  it('MFA2: of twenty uses of one code at the same time, each at a sign-in of its own, one gets through', async () => {
    const rival = await signUp(newVisitor(brand));
    const its = await enrolTotp(rival);
    // In a browser that is known, where so many tries are free.
    await nextWindow(brand, facts[brand].limits.passwordPerDevice);
    const flows: string[] = [];
    while (flows.length < 20) flows.push((await firstFactor(rival.visitor, rival.email, rival.password)).flow);
    const code = totpCode(its, await cloudNow(brand));
    const answers = await Promise.all(flows.map((flow) => secondFactor(rival.visitor, flow, 'totp', code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 400, 503]).toContain(status);
    // The code lets nobody in afterwards either.
    const { flow = '' } = await firstFactor(newVisitor(brand), rival.email, rival.password);
    expect((await secondFactor(newVisitor(brand), flow, 'totp', code)).json.code).toBe('code_invalid');
  });

  it('MFA5: the pages ask for it too', async () => {
    const visitor = newVisitor(brand);
    const asked = await follow(visitor, await signInOnPages(visitor, member.email, member.password));
    expect(asked.text).toContain('id="code"');
    expect((await visitor.get('/account')).status).toBe(303);
    const form = formTo(asked, '/sign-in/second-factor');
    const wrong = await send(visitor, form, { code: wrongTotp(secret, await cloudNow(brand)) });
    expect(wrong.status).toBe(400);
    const right = await send(visitor, form, { code: totpCode(secret, await cloudNow(brand), 1) });
    expect(right.headers.get('location')).toBe('/account');
    const page = await follow(visitor, right);
    expect(page.text).toContain(member.email);
    const security = await visitor.get('/account/security');
    expect(security.text).toContain('/account/security/remove');
  });
});
