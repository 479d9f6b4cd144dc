import { describe, expect, it } from 'vitest';
import { cloudNow } from './support/cloud-desk.ts';
import { enrolTotp, totpCode } from './support/factors.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { type Member, signIn, signUpWithoutPassword, type Tokens } from './support/journeys.ts';
import { startMailedFlow } from './support/mailed-flows.ts';
import { authorizationPath, follow, formTo, redeem, send } from './support/pages.ts';
import {
  creationOptionsOf,
  enrolPasskey,
  passkeysPath,
  requestOptionsOf,
  signInByPasskey,
} from './support/passkeys.ts';
import { randomNumber } from './support/phones.ts';
import { partition, readItem } from './support/tables.ts';
import { goodPassword, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

describe('accounts with a passkey and no password', () => {
  it('PK10: made without a password; its last passkey stays; a recovery sets a password, and then it may go', async () => {
    const member = await signUpWithoutPassword();
    const { visitor, email, sub, tokens } = member;
    const { identHash } = (await readItem('solmar', 'Directory', `USER#${sub}`)) as { identHash: string };
    expect(await partition('solmar', 'Directory', `CRED#${identHash}`)).toEqual([]);
    expect((await signIn(visitor, email, goodPassword)).json.code).toBe('credentials_invalid');

    const options = await creationOptionsOf(visitor, tokens.access_token);
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    const passkey = await enrolPasskey(member);
    const byPasskey = async () => signInByPasskey(visitor, passkey.get(await requestOptionsOf(visitor)));
    const first = await byPasskey();
    expect(first.status).toBe(200);
    const [{ id }] = (await visitor.get(passkeysPath, { token: first.json.access_token })).json.passkeys;
    const removal = (token: string) => visitor.ask('DELETE', `${passkeysPath}/${id}`, { token });
    const kept = await removal(first.json.access_token);
    expect([kept.status, kept.json.code]).toEqual([409, 'factor_needed']);

    const { code, redeem } = await startMailedFlow('recovery', 'solmar', member);
    expect((await redeem(code)).status).toBeLessThan(300);
    expect((await byPasskey()).status).toBe(200);
    const again = await byPasskey();
    expect((await removal(again.json.access_token)).status).toBe(200);
    expect((await byPasskey()).json.code).toBe('passkey_unknown');
  });

  /** Signs in by a mailed code, in the browser of the account: no risk, hence nothing more is asked for. */
  async function byMail(member: Member) {
    const { code, redeem } = await startMailedFlow('login-code', 'solmar', member);
    const answer = await redeem(code);
    expect(answer.status, answer.text).toBe(200);
    return answer.json as Tokens;
  }

  it('MFA4: with an app, mail alone changes no factor and no address', async () => {
    const { member } = await withApp();
    const { visitor } = member;
    const { access_token: token } = await byMail(member);
    const refused = [
      await visitor.post(`${passkeysPath}/options`, undefined, { token }),
      await visitor.post('/v1/account/authenticators/totp', undefined, { token }),
      await visitor.post('/v1/account/authenticators/recovery-codes', undefined, { token }),
      await visitor.ask('DELETE', '/v1/account/authenticators/totp', { token }),
      await visitor.post('/v1/account/phone', { phone: randomNumber() }, { token }),
      await visitor.post('/v1/account/email', { email: randomEmail() }, { token }),
    ];
    for (const { status, json, headers } of refused) {
      expect([status, json?.code], JSON.stringify(json)).toEqual([401, 'recent_authentication_required']);
      // RFC 9470: what to ask for.
      expect(headers.get('www-authenticate')).toContain('acr_values="aal2"');
    }
  });

  it('MFA4: with a number, a text to it alone changes none either', async () => {
    const member = await signUpWithoutPassword();
    const { visitor, tokens } = member;
    const number = randomNumber();
    const started = await visitor.post('/v1/account/phone', { phone: number }, { token: tokens.access_token });
    const proof = { code: codeOf(await awaitMail(number, 1, 'solmar')) };
    await visitor.post(`/v1/account/phone/${started.json.flow}`, proof, { token: tokens.access_token });
    const asked = await visitor.post('/v1/login/text', { client_id: visitor.client, phone: number });
    const { json } = await visitor.post(`/v1/login/code/${asked.json.flow}`, {
      code: codeOf(await awaitMail(number, 2, 'solmar')),
    });
    const refused = await visitor.post(`${passkeysPath}/options`, undefined, { token: json.access_token });
    expect([refused.status, refused.json.code]).toEqual([401, 'recent_authentication_required']);
  });

  /** Somebody without a password who has an app, and has been told of it. */
  async function withApp() {
    const member = await signUpWithoutPassword();
    const secret = await enrolTotp(member);
    await awaitMail(member.email, 2, 'solmar');
    return { member, secret };
  }

  /** Signs in on the pages by a mailed code. */
  async function byMailOnPages(browser: Visitor, email: string, from = '/sign-in') {
    const first = from === '/sign-in' ? await browser.get(from) : await follow(browser, await browser.get(from));
    const entry = await follow(browser, await send(browser, formTo(first, '/sign-in'), { username: email }));
    const before = (await mailsTo(email, 'solmar')).length;
    const asked = await follow(browser, await send(browser, formTo(entry, '/sign-in/code/start')));
    const code = codeOf(await awaitMail(email, before + 1, 'solmar'));
    return send(browser, formTo(asked, '/sign-in/code'), { code });
  }

  it('MFA4: the pages ask for the app, once, and go on', async () => {
    const { member, secret } = await withApp();
    const browser = newVisitor('solmar');
    const home = await byMailOnPages(browser, member.email);
    expect(home.headers.get('location')).toBe('/account');
    for (const path of ['/account/password', '/account/email', '/account/security/remove?authenticator=totp']) {
      expect((await browser.get(path)).headers.get('location'), path).toMatch(/^\/sign-in\/second-factor/);
    }
    const wanted = '/account/security/passkeys/add';
    const step = await follow(browser, await follow(browser, await browser.get(wanted)));
    const form = formTo(step, '/sign-in/second-factor');
    const passed = await send(browser, form, { code: totpCode(secret, await cloudNow('solmar')) });
    expect(passed.headers.get('location')).toBe(wanted);
    expect((await browser.get(wanted)).status).toBe(200);
    expect((await browser.get('/account/password')).status).toBe(200);
  });

  it('MFA4, RFC 9470: a client that asks for what the challenge names gets a token that opens what was refused', async () => {
    const { member, secret } = await withApp();
    const browser = newVisitor('solmar');
    const path = authorizationPath(browser, { acr_values: 'aal2', max_age: '600' });
    const signedIn = await byMailOnPages(browser, member.email, path);
    const step = await follow(browser, await follow(browser, await follow(browser, signedIn)));
    const form = formTo(step, '/sign-in/second-factor');
    const code = totpCode(secret, await cloudNow('solmar'));
    const tokens = await redeem(browser, await follow(browser, await send(browser, form, { code })));
    const options = await browser.post(`${passkeysPath}/options`, undefined, { token: tokens.json.access_token });
    expect(options.status, options.text).toBe(200);
  });

  it('REG6: the answer is the same for an address that has an account', async () => {
    const { email } = await signUpWithoutPassword();
    const visitor = newVisitor('solmar');
    const ask = (address: string) => visitor.post('/v1/registrations', { client_id: visitor.client, email: address });
    const [known, unknown] = [await ask(email), await ask(randomEmail())];
    expect([known.status, Object.keys(known.json)]).toEqual([unknown.status, Object.keys(unknown.json)]);
  });

  it('a brand without such accounts asks for the password', async () => {
    const visitor = newVisitor();
    const refused = await visitor.post('/v1/registrations', { client_id: visitor.client, email: randomEmail() });
    expect(refused.status).toBe(400);
    expect(refused.json.errors).toMatchObject([{ field: 'password', rule: 'required' }]);
  });
});
