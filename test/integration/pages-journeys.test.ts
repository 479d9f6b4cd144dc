import { describe, expect, it } from 'vitest';
import { facts } from './support/brand-facts.ts';
import { awaitMail, codeOf, wrongCode } from './support/inbox.ts';
import { signUp } from './support/journeys.ts';
import {
  authorizationPath,
  callback,
  follow,
  formsOf,
  formTo,
  nextSecond,
  redeem,
  send,
  signInOnPages,
  signUpEntries,
  workOf,
} from './support/pages.ts';
import { type Answer, goodPassword, newVisitor, randomEmail } from './support/visitor.ts';
import { solve } from './support/work.ts';

/** What a page says, without what is new on each: sealed steps and tokens. */
const bare = (answer: Answer, ...named: readonly string[]) =>
  named.reduce(
    (html, name) => html.replaceAll(name, '*'),
    answer.text.replace(/name="(csrf|ticket|journey)" value="[^"]*"/g, '$1').replace(/(ticket|journey)=[^"&]*/g, '$1'),
  );

describe.each(['northwind', 'solmar'] as const)('WEB7: pages of %s without scripts', (brand) => {
  it('sign-up -> verify -> code for the application; the consents are those that were ticked (GD2)', async () => {
    const visitor = newVisitor(brand);
    const email = randomEmail();
    const entrance = await follow(visitor, await visitor.get(authorizationPath(visitor, { prompt: 'create' })));
    expect(entrance.text).not.toMatch(/<input [^>]*checked/);
    const started = await send(visitor, formTo(entrance, '/sign-up'), {
      ...signUpEntries(visitor, email),
      name: 'Robin',
    });
    const verify = await follow(visitor, started);
    const code = codeOf(await awaitMail(email, 1, brand));

    const missed = await send(visitor, formTo(verify, '/sign-up/verify'), { code: wrongCode(code) });
    expect(missed.status).toBe(400);
    expect(missed.text).toContain('aria-invalid="true"');
    const proven = await send(visitor, formTo(missed, '/sign-up/verify'), {
      code: ` ${code.slice(0, 3)} ${code.slice(3)} `,
    });
    const back = await follow(visitor, proven);
    expect(back.headers.get('location')).toMatch(new RegExp(`^${callback}\\?code=`));
    const tokens = await redeem(visitor, back);
    expect(tokens.status).toBe(200);

    const { json } = await visitor.get('/oauth2/userinfo', { token: tokens.json.access_token });
    expect(json).toMatchObject({ email, email_verified: true });
    const home = await visitor.get('/account');
    expect(home.status).toBe(200);
    expect(home.text).toContain('Robin');
    const optional = facts[brand].purposes.filter(({ required }) => !required);
    const offered = formsOf(await visitor.get('/account/consents')).filter(
      ({ action, fields }) => action === '/account/consents' && fields.granted === 'yes',
    );
    expect(offered.map(({ fields }) => fields.purpose)).toEqual(optional.map(({ id }) => id));
  });

  it('REG6, REC1: known and unknown addresses get the same pages', async () => {
    const { email: known } = await signUp(newVisitor(brand));
    const unknown = randomEmail();
    const seen = await Promise.all(
      [known, unknown].map(async (email) => {
        const visitor = newVisitor(brand);
        const pages: string[] = [];
        const see = (answer: Answer) => {
          pages.push(`${answer.status} ${bare(answer, email)}`);
          return answer;
        };
        const first = await send(visitor, formTo(await visitor.get('/sign-in'), '/sign-in'), { username: email });
        const password = see(await follow(visitor, first));
        see(await send(visitor, formTo(password, '/sign-in/password'), { password: 'not the right password' }));
        const coded = await send(visitor, formTo(password, '/sign-in/code/start'));
        const code = see(await follow(visitor, coded));
        see(await send(visitor, formTo(code, '/sign-in/code'), { code: '000000' }));
        const recovery = await send(visitor, formTo(await visitor.get('/recover'), '/recover'), { username: email });
        const fresh = see(await follow(visitor, recovery));
        see(await send(visitor, formTo(fresh, '/recover/password'), { code: '000000', password: goodPassword }));
        const form = formTo(await visitor.get('/sign-up'), '/sign-up');
        const verify = see(await follow(visitor, await send(visitor, form, signUpEntries(visitor, email))));
        see(await send(visitor, formTo(verify, '/sign-up/verify'), { code: '000000' }));
        return pages;
      }),
    );
    expect(seen[0]).toEqual(seen[1]);
  });

  it('recovery: the code and a new password; nobody is signed in, the old password is dead', async () => {
    const { email, password } = await signUp(newVisitor(brand));
    const visitor = newVisitor(brand);
    const page = await follow(
      visitor,
      await send(visitor, formTo(await visitor.get('/recover'), '/recover'), { username: email }),
    );
    const code = codeOf(await awaitMail(email, 2, brand));
    const short = await send(visitor, formTo(page, '/recover/password'), { code, password: 'short' });
    expect(short.status).toBe(400);
    expect(formTo(short, '/recover/password').fields).toMatchObject({ code, password: '' });
    const fresh = 'four kind otters in the rain';
    const done = await send(visitor, formTo(short, '/recover/password'), { code, password: fresh });
    expect(done.headers.get('location')).toMatch(/^\/sign-in\?/);
    expect(visitor.cookies.has('__Host-session')).toBe(false);
    expect((await signInOnPages(newVisitor(brand), email, password)).status).toBe(400);
    expect((await signInOnPages(newVisitor(brand), email, fresh)).headers.get('location')).toBe('/account');
  });

  it('GD7: terms that were never agreed to are asked for before anything is issued', async () => {
    const { email, password } = await signUp(newVisitor(brand));
    const visitor = newVisitor(brand);
    const signedIn = await signInOnPages(visitor, email, password, authorizationPath(visitor));
    const asked = await follow(visitor, signedIn);
    expect(asked.headers.get('location')).toMatch(/^\/purposes\?ticket=/);
    const form = formTo(await follow(visitor, asked), '/purposes');
    const without = await send(visitor, form, { decision: 'agree' });
    expect(without.status).toBe(400);
    const declined = await send(visitor, form, { decision: 'decline' });
    expect(new URL(declined.headers.get('location') ?? '').searchParams.get('error')).toBe('access_denied');
    const agreed = await send(visitor, form, { ...signUpEntries(visitor, email), decision: 'agree' });
    const back = await follow(visitor, agreed);
    expect((await redeem(visitor, back)).status).toBe(200);
  });
});

describe('friendly ends', () => {
  it('RL1: too many tries cost work, which the page does without a word; what was typed is kept, sealed', async () => {
    const member = await signUp();
    const visitor = newVisitor();
    const first = await send(visitor, formTo(await visitor.get('/sign-in'), '/sign-in'), { username: member.email });
    const form = formTo(await follow(visitor, first), '/sign-in/password');
    const { free = 0 } = facts.northwind.limits.passwordPerAccount;
    for (let tries = 0; tries < free; tries++) await send(visitor, form, { password: 'wrong again and again' });
    const asked = await send(visitor, form, { password: member.password });
    expect(asked.status).toBe(403);
    expect(asked.text).not.toContain(member.password);
    expect(asked.text).toMatch(/<p [^>]*role="status"[^>]*>We are checking/);
    const { challenge, form: held } = workOf(asked);
    // Without scripts: the same form again, or a code by mail.
    expect(asked.text).toMatch(/<noscript>.*try again in 15 minutes.*<button type="submit"/);
    expect((await send(visitor, held)).status).toBe(403);
    expect((await send(visitor, formTo(asked, '/sign-in/code/start'))).status).toBe(303);
    const proof = await solve(challenge);
    const thief = newVisitor('northwind', visitor.ip);
    expect((await send(thief, held, { proof })).status).toBe(403);
    expect((await send(visitor, { ...held, action: '/sign-in' }, { proof })).status).toBe(400);
    expect((await send(visitor, held, { proof })).status).toBe(303);
  });

  it('VC2: a step that is over says so, and leads to its beginning', async () => {
    const visitor = newVisitor();
    const email = randomEmail();
    const form = formTo(await visitor.get('/sign-up'), '/sign-up');
    const verify = await follow(visitor, await send(visitor, form, signUpEntries(visitor, email)));
    const code = codeOf(await awaitMail(email));
    expect((await send(visitor, formTo(verify, '/sign-up/verify'), { code })).status).toBe(303);
    const again = await send(visitor, formTo(verify, '/sign-up/verify'), { code });
    expect(again.status).toBe(410);
    expect(again.text).toMatch(/<a class="button" href="\/sign-up/);
  });

  it('VC6: a new code is mailed on request, and the old one is dead', async () => {
    const visitor = newVisitor();
    const email = randomEmail();
    const form = formTo(await visitor.get('/sign-up'), '/sign-up');
    const verify = await follow(visitor, await send(visitor, form, signUpEntries(visitor, email)));
    const old = codeOf(await awaitMail(email));
    const resent = await follow(visitor, await send(visitor, formTo(verify, '/sign-up/resend')));
    const code = codeOf(await awaitMail(email, 2));
    if (old !== code) expect((await send(visitor, formTo(resent, '/sign-up/verify'), { code: old })).status).toBe(400);
    expect((await send(visitor, formTo(resent, '/sign-up/verify'), { code })).headers.get('location')).toBe('/account');
  });

  it('VC6: so it is at the sign-in: the new code of the same asking kills the old one', async () => {
    const { email } = await signUp(newVisitor());
    const visitor = newVisitor();
    const first = formTo(await visitor.get('/sign-in'), '/sign-in');
    const entry = await follow(visitor, await send(visitor, first, { username: email }));
    const typing = await follow(visitor, await send(visitor, formTo(entry, '/sign-in/code/start')));
    const old = codeOf(await awaitMail(email, 2));
    const again = await follow(visitor, await send(visitor, formTo(typing, '/sign-in/code/start')));
    const code = codeOf(await awaitMail(email, 3));
    for (const page of [typing, again]) {
      const shown = await send(visitor, formTo(page, '/sign-in/code'), { code: old });
      if (old !== code) expect(shown.status).toBe(400);
    }
    expect((await send(visitor, formTo(again, '/sign-in/code'), { code })).headers.get('location')).toBe('/account');
    // Nothing of it is left to be renewed: who asks once more begins anew.
    const anew = await follow(visitor, await send(visitor, formTo(again, '/sign-in/code/start')));
    const last = codeOf(await awaitMail(email, 4));
    expect((await send(visitor, formTo(anew, '/sign-in/code'), { code: last })).status).toBe(303);
  });

  it('VC6, REC4: and at the recovery, as often as one asking allows', async () => {
    const { email } = await signUp(newVisitor());
    const visitor = newVisitor();
    const form = formTo(await visitor.get('/recover'), '/recover');
    let page = await follow(visitor, await send(visitor, form, { username: email }));
    const asked = [{ page, code: codeOf(await awaitMail(email, 2)) }];
    for (let count = 3; count <= 4; count++) {
      page = await follow(visitor, await send(visitor, formTo(page, '/recover/resend')));
      asked.push({ page, code: codeOf(await awaitMail(email, count)) });
    }
    const password = 'nine otters asleep on ice';
    const right = asked.at(-1)?.code ?? '';
    for (const { page, code } of asked.filter((each) => each.code !== right)) {
      expect((await send(visitor, formTo(page, '/recover/password'), { code, password })).status).toBe(400);
    }
    const set = await send(visitor, formTo(page, '/recover/password'), { code: right, password });
    expect(set.headers.get('location')).toMatch(/^\/sign-in\?/);
  });

  it('LOG3, REC5: a step without the one before it begins at the beginning', async () => {
    for (const [path, start] of [
      ['/sign-in/password', '/sign-in'],
      ['/sign-in/code', '/sign-in'],
      ['/sign-up/verify', '/sign-up'],
      ['/recover/password', '/recover'],
      ['/account', '/sign-in'],
      ['/account/sessions', '/sign-in?back=%2Faccount%2Fsessions'],
    ] as const) {
      expect((await newVisitor().get(path)).headers.get('location'), path).toBe(start);
      expect((await newVisitor().get(`${path}?journey=1.forged`)).headers.get('location'), path).toBe(start);
    }
  });

  it('SES3, GD3: at home a consent is given and withdrawn by one press, and everything is signed out at once', async () => {
    const { email, password } = await signUp(newVisitor());
    const visitor = newVisitor();
    await signInOnPages(visitor, email, password);
    const elsewhere = newVisitor();
    await signInOnPages(elsewhere, email, password);
    const press = async (granted: string) => {
      const forms = formsOf(await visitor.get('/account/consents'));
      const form = forms.find(({ fields }) => fields.purpose === 'newsletter');
      expect(form?.fields.granted).toBe(granted);
      return form && send(visitor, form);
    };
    await press('yes');
    await press('no');
    await press('yes');
    const named = await send(visitor, formTo(await visitor.get('/account/profile'), '/account/profile'), {
      name: 'Mo <b>',
    });
    expect((await follow(visitor, named)).text).toContain('value="Mo &lt;b>"');
    expect((await elsewhere.get('/account')).status).toBe(200);
    const out = await send(visitor, formTo(await visitor.get('/account/sessions'), '/account/sign-out-everywhere'));
    expect(out.headers.get('location')).toBe('/sign-in');
    expect((await elsewhere.get('/account')).headers.get('location')).toBe('/sign-in');
  });
});

describe('consent to a client', () => {
  const forum = {
    client_id: 'northwind-community',
    redirect_uri: 'https://forum.northwind.example/auth/callback',
    scope: 'openid profile email',
  };

  it('CON1, WEB5: shows client, scopes and domain; only the button allows; denial is access_denied', async () => {
    const { email, password } = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const visitor = newVisitor();
    const path = authorizationPath(visitor, forum);
    const asked = await follow(visitor, await signInOnPages(visitor, email, password, path));
    expect(asked.headers.get('location')).toMatch(/^\/consent\?ticket=/);
    const page = await follow(visitor, asked);
    for (const said of ['Northwind trail forum', 'forum.northwind.example', 'See your email address', email]) {
      expect(page.text).toContain(said);
    }
    // WEB1: here, where it is answered, and at the client's other addresses, of which dev adds one.
    expect(page.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://forum.northwind.example http://localhost:3000;",
    );

    const form = formTo(page, '/consent');
    const byGet = await visitor.get(`/consent?${new URLSearchParams({ ...form.fields, decision: 'allow' })}`);
    expect(byGet.status).toBe(200);
    expect((await visitor.get(path)).headers.get('location')).toMatch(/^\/consent\?/);

    const denied = new URL((await send(visitor, form, { decision: 'deny' })).headers.get('location') ?? '');
    expect(denied.origin).toBe('https://forum.northwind.example');
    expect(Object.fromEntries(denied.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 's-1',
      iss: visitor.origin,
    });

    const allowed = await follow(visitor, await send(visitor, form, { decision: 'allow' }));
    expect(allowed.headers.get('location')).toMatch(/^https:\/\/forum\.northwind\.example\/auth\/callback\?code=/);
    expect((await visitor.get(path)).headers.get('location')).toMatch(/[?&]code=/);

    const home = await visitor.get('/account/applications');
    expect(home.text).toContain('Northwind trail forum');
    await send(visitor, formTo(home, '/account/applications'));
    expect((await visitor.get(path)).headers.get('location')).toMatch(/^\/consent\?/);
  });

  it('select_account: goes on with the account of this browser, or begins with another one', async () => {
    const { email, password } = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const visitor = newVisitor();
    await signInOnPages(visitor, email, password);
    await nextSecond();
    const page = await follow(visitor, await visitor.get(authorizationPath(visitor, { prompt: 'select_account' })));
    expect(page.text).toContain(email);
    const back = await follow(visitor, await send(visitor, formTo(page, '/choose-account')));
    expect((await redeem(visitor, back)).status).toBe(200);
  });
});
