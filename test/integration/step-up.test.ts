import { beforeAll, describe, expect, it } from 'vitest';
import { advance, cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, totpCode } from './support/factors.ts';
import { type Member, refresh, signIn, signUp } from './support/journeys.ts';
import { authorizationPath, follow, formTo, redeem, send, signInOnPages } from './support/pages.ts';
import { enrolPasskey, optionsIn } from './support/passkeys.ts';
import { type Answer, newVisitor, type Visitor } from './support/visitor.ts';

const brand = 'northwind';
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const toward = ({ headers }: Answer) => new URL(headers.get('location') ?? '', 'https://here.example');

describe('step-up', () => {
  /** A browser that signed in before there was a second factor. */
  let weak: Visitor;
  let member: Member;
  let secret: string;
  beforeAll(async () => {
    member = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
    weak = newVisitor(brand);
    await signInOnPages(weak, member.email, member.password);
    secret = await enrolTotp(member);
  });

  it('MFA9, SES2: acr_values asks for the factor; a new session takes the place of the old one', async () => {
    const before = weak.cookies.get('__Host-session');
    const plain = await redeem(weak, await weak.get(authorizationPath(weak)));
    expect(claimsOf(plain.json.id_token)).toMatchObject({ acr: 'aal1', amr: ['pwd'] });
    const silent = toward(await weak.get(authorizationPath(weak, { acr_values: 'aal2', prompt: 'none' })));
    expect(silent.searchParams.get('code')).not.toBeNull();
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['aal2'] } } });
    const must = toward(await weak.get(authorizationPath(weak, { claims, prompt: 'none' })));
    expect(must.searchParams.get('error')).toBe('interaction_required');
    const never = JSON.stringify({ id_token: { acr: { essential: true, values: ['phr'] } } });
    const unmet = toward(await weak.get(authorizationPath(weak, { claims: never })));
    expect(unmet.searchParams.get('error')).toBe('unmet_authentication_requirements');

    const asked = await weak.get(authorizationPath(weak, { acr_values: 'aal2' }));
    expect(toward(asked).pathname).toBe('/sign-in/second-factor');
    const page = await follow(weak, await follow(weak, asked));
    const pending = await weak.get(authorizationPath(weak));
    const right = await send(weak, formTo(page, '/sign-in/second-factor'), {
      code: totpCode(secret, await cloudNow(brand)),
    });
    // A code from before is still good: nobody has signed out.
    expect(claimsOf((await redeem(weak, pending)).json.id_token).acr).toBe('aal1');
    const tokens = await redeem(weak, await follow(weak, right));
    const strong = claimsOf(tokens.json.id_token);
    expect(strong).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
    expect(claimsOf(tokens.json.access_token)).toMatchObject({ acr: 'aal2', auth_time: strong.auth_time });
    // MFA9: the password was given when it was given; clients know the session by the same name.
    const first = claimsOf(plain.json.id_token);
    expect([strong.auth_time, strong.sid]).toEqual([first.auth_time, first.sid]);

    const after = weak.cookies.get('__Host-session');
    expect(after).not.toBe(before);
    const stale = newVisitor(brand);
    stale.cookies.set('__Host-session', before ?? '');
    expect((await stale.get('/account')).status).toBe(303);
    expect((await weak.get('/account')).status).toBe(200);
    expect((await refresh(weak, plain.json.refresh_token)).status).toBe(200);

    // LO1: the end of the new session is the end of what hung on the old one.
    const out = await weak.get(`/oauth2/logout?id_token_hint=${plain.json.id_token}`);
    expect(out.status).toBe(200);
    expect((await weak.get('/account')).status).toBe(303);
    await expect
      .poll(async () => (await refresh(weak, tokens.json.refresh_token)).status, { timeout: 10_000 })
      .toBe(400);
  });

  it('SES5: after an hour at rest the factor is asked for again, after half a day everything', async () => {
    const browser = newVisitor(brand);
    const first = await follow(browser, await signInOnPages(browser, member.email, member.password));
    await advance(brand, 60);
    await send(browser, formTo(first, '/sign-in/second-factor'), { code: totpCode(secret, await cloudNow(brand)) });
    const ask = () => browser.get(authorizationPath(browser, { acr_values: 'aal2' }));
    expect(toward(await ask()).searchParams.get('code')).not.toBeNull();
    await advance(brand, 3700);
    expect(toward(await ask()).pathname).toBe('/sign-in/second-factor');
    const low = await redeem(browser, await browser.get(authorizationPath(browser)));
    expect(claimsOf(low.json.id_token).acr).toBe('aal1');
    expect(toward(await ask()).pathname).toBe('/sign-in/second-factor');
    await advance(brand, 43_200);
    expect(toward(await ask()).pathname).toBe('/sign-in');
  });

  it('MFA9, SES5: phr after a rest: the passkey brings it back, no app does; what lapsed says nothing of two factors', async () => {
    const owner = await signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
    const { json: tokens } = await signIn(owner.visitor, owner.email, owner.password);
    const app = await enrolTotp(owner, tokens.access_token);
    const passkey = await enrolPasskey({ visitor: owner.visitor, tokens });
    const browser = newVisitor(brand);
    const ask = (parameters = {}) => browser.get(authorizationPath(browser, parameters));
    const show = async (page: Answer, action: string) => {
      const credential = JSON.stringify(passkey.get(optionsIn(page)));
      return redeem(browser, await follow(browser, await send(browser, formTo(page, action), { credential })));
    };
    const first = await show(await follow(browser, await ask({ acr_values: 'phr' })), '/sign-in/passkey');
    expect(claimsOf(first.json.id_token)).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] });

    await advance(brand, 3700);
    const asked = await follow(browser, await follow(browser, await ask({ acr_values: 'phr' })));
    expect(asked.text).toContain('data-options=');
    expect(asked.text).not.toContain('factor=totp');
    expect(asked.text).not.toContain('factor=recovery-code');
    // Who asks for another way all the same is given the passkey's, and its form takes no code of an app.
    const form = formTo(asked, '/sign-in/second-factor');
    const code = totpCode(app, await cloudNow(brand));
    const byApp = await send(browser, { ...form, fields: { ...form.fields, factor: 'totp' } }, { code });
    expect(byApp.status).toBe(404);

    const low = await redeem(browser, await ask());
    expect(claimsOf(low.json.id_token)).toMatchObject({ acr: 'aal1', amr: ['pop', 'user'] });
    expect(claimsOf(low.json.access_token).acr).toBe('aal1');
    const again = await follow(browser, await follow(browser, await ask({ acr_values: 'phr' })));
    const back = await show(again, '/sign-in/second-factor');
    expect(claimsOf(back.json.id_token)).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] });
  });
});
