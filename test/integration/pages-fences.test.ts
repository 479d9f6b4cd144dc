import { describe, expect, it } from 'vitest';
import { signUp } from './support/journeys.ts';
import { authorizationPath, follow, formTo, nextSecond, ownPage, send, signInOnPages } from './support/pages.ts';
import { type Answer, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

const member = () => signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });

/** Every page that a person can open, as answers. */
async function everyPage(visitor: Visitor): Promise<Readonly<Record<string, Answer>>> {
  const { email, password } = await member();
  const stranger = randomEmail();
  const signIn = await visitor.get('/sign-in');
  const passwordPage = await follow(visitor, await send(visitor, formTo(signIn, '/sign-in'), { username: stranger }));
  const code = await follow(visitor, await send(visitor, formTo(passwordPage, '/sign-in/code/start')));
  const recover = await visitor.get('/recover');
  const recoverPassword = await follow(
    visitor,
    await send(visitor, formTo(recover, '/recover'), { username: stranger }),
  );
  await signInOnPages(visitor, email, password);
  await nextSecond();
  const forum = { client_id: 'northwind-community', redirect_uri: 'https://forum.northwind.example/auth/callback' };
  return {
    signIn,
    password: passwordPage,
    wrong: await send(visitor, formTo(passwordPage, '/sign-in/password'), { password: 'wrong' }),
    code,
    recover,
    recoverPassword,
    signUp: await visitor.get('/sign-up'),
    consent: await follow(visitor, await visitor.get(authorizationPath(visitor, { ...forum, scope: 'openid' }))),
    choose: await follow(visitor, await visitor.get(authorizationPath(visitor, { prompt: 'select_account' }))),
    account: await visitor.get('/account'),
    changePassword: await visitor.get('/account/password'),
    changeEmail: await visitor.get('/account/email'),
    profile: await visitor.get('/account/profile'),
    consents: await visitor.get('/account/consents'),
    applications: await visitor.get('/account/applications'),
    sessions: await visitor.get('/account/sessions'),
    error: await visitor.get('/oauth2/authorize?client_id=nobody'),
    refused: await visitor.ask('POST', '/sign-in', { form: { username: stranger } }),
  };
}

const forms = [
  ['/sign-in', { username: 'a@example.com' }],
  ['/sign-in/password', { password: 'x' }],
  ['/sign-in/code/start', {}],
  ['/sign-in/code', { code: '123456' }],
  ['/sign-up', { username: 'a@example.com', password: 'x' }],
  ['/sign-up/verify', { code: '123456' }],
  ['/sign-up/resend', {}],
  ['/recover', { username: 'a@example.com' }],
  ['/recover/password', { code: '123456', password: 'x' }],
  ['/recover/resend', {}],
  ['/consent', { decision: 'allow' }],
  ['/purposes', { decision: 'agree' }],
  ['/choose-account', {}],
  ['/account/profile', { name: 'x' }],
  ['/account/consents', { purpose: 'newsletter', granted: 'yes' }],
  ['/account/applications', { client: 'northwind-community' }],
  ['/account/password', { current_password: 'x', password: 'y' }],
  ['/account/email', { username: 'a@example.com' }],
  ['/account/email/code', { code: '123456' }],
  ['/account/email/cancel', {}],
  ['/account/sessions', { session: 'x' }],
  ['/account/sign-out', {}],
  ['/account/sign-out-everywhere', {}],
] as const;

describe('fences of the pages', () => {
  it('WEB1: every page carries the whole set of headers, and no inline script or style but ours', async () => {
    for (const [name, page] of Object.entries(await everyPage(newVisitor()))) {
      const csp = page.headers.get('content-security-policy') ?? '';
      expect(page.headers.get('content-type'), name).toBe('text/html; charset=utf-8');
      expect(csp, name).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'( 'sha256-[^']+')?;/,
      );
      for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
        expect(csp).toContain(part);
      expect(csp, name).not.toMatch(/unsafe|\*/);
      expect(page.headers.get('cache-control'), name).toBe('no-store');
      expect(page.headers.get('x-content-type-options'), name).toBe('nosniff');
      expect(page.headers.get('referrer-policy'), name).toBe('no-referrer');
      expect(page.headers.get('cross-origin-opener-policy'), name).toBe('same-origin');
      expect(page.headers.get('strict-transport-security'), name).toMatch(/max-age=(3153[6-9]|6307)/);
      expect(page.text, name).not.toMatch(/\son[a-z]+=|\sstyle=|javascript:|<script src|https?:\/\/(?!localhost)/);
    }
  });

  it('WEB2: a form of another site, without a token, or of another browser is refused', async () => {
    const { email, password } = await member();
    for (const [path, fields] of forms) {
      const visitor = newVisitor();
      await signInOnPages(visitor, email, password);
      const { csrf = '' } = formTo(await visitor.get('/sign-up'), '/sign-up').fields;
      const post = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) =>
        visitor.ask('POST', path, { form: { ...fields, ...form }, headers });
      expect((await post({ csrf }, { 'sec-fetch-site': 'cross-site' })).status, path).toBe(403);
      expect((await post({ csrf }, { 'sec-fetch-site': 'same-site' })).status, path).toBe(403);
      expect((await post({ csrf }, { origin: 'https://evil.example' })).status, path).toBe(403);
      expect((await post({}, ownPage)).status, path).toBe(403);
      expect((await post({ csrf: csrf.replace(/^./, csrf.startsWith('A') ? 'B' : 'A') }, ownPage)).status, path).toBe(
        403,
      );
      visitor.cookies.set('__Host-browser', 'AAAAAAAAAAAAAAAAAAAAAA');
      expect((await post({ csrf }, ownPage)).status, path).toBe(403);
    }
  });

  it('WEB3: no parameter leads anywhere but to our own pages', async () => {
    const { email, password } = await member();
    const corpus = [
      '//evil.example',
      '/\\evil.example',
      'https:evil.example',
      'javascript:alert(1)',
      '%09//evil.example',
      '/account//evil.example',
      '/account/../evil',
    ];
    corpus.push(
      'https://evil.example',
      '//localhost@evil.example',
      '/%0d%0aLocation:%20https://evil.example',
      '\t//evil',
    );
    for (const evil of corpus) {
      const names = ['return_to', 'redirect', 'next', 'continue', 'redirect_uri', 'url'];
      const query = new URLSearchParams(names.map((name) => [name, evil]));
      const visitor = newVisitor();
      const answer = await signInOnPages(visitor, email, password, `/sign-in?${query}`);
      expect(answer.headers.get('location'), evil).toBe('/account');
      const back = await signInOnPages(visitor, email, password, `/sign-in?${new URLSearchParams({ back: evil })}`);
      expect(back.headers.get('location'), evil).toBe('/account');
      for (const name of ['ticket', 'journey']) {
        const page = await visitor.get(`/sign-in?${new URLSearchParams({ [name]: evil })}`);
        expect(page.headers.get('location'), evil).toBe(null);
        expect(page.status, evil).toBe(name === 'ticket' ? 400 : 200);
      }
    }
  });

  it('WEB4: whatever is reflected is text', async () => {
    const corpus = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'-alert(1)-'",
      '{{7*7}}',
      '</title><svg onload=1>',
    ];
    for (const evil of corpus) {
      const visitor = newVisitor();
      const hinted = await follow(
        visitor,
        await visitor.get(authorizationPath(visitor, { login_hint: evil, ui_locales: evil })),
      );
      const queries = ['error', 'error_description', 'notice', 'locale', 'username', 'login_hint', 'ui_locales'];
      const query = new URLSearchParams(queries.map((name) => [name, evil]));
      const typed = await send(visitor, formTo(hinted, '/sign-in'), { username: evil });
      const signUpForm = formTo(await visitor.get('/sign-up'), '/sign-up');
      const entered = await send(visitor, signUpForm, { username: evil, name: evil, locale: evil });
      const pages = [
        hinted,
        typed,
        entered,
        await visitor.get(`/sign-in?${query}`),
        await visitor.get(`/sign-up?${query}`),
      ];
      for (const page of pages) {
        expect(page.text.toLowerCase(), evil).not.toContain('<script>alert');
        expect(page.text, evil).not.toMatch(/<img|<svg/);
      }
      expect(formTo(entered, '/sign-up').fields.username).toBe(evil);
    }
  });

  it('SES1, SES7: cookies are __Host-, Secure, HttpOnly, SameSite=Lax, and their replies are never stored', async () => {
    const { email, password } = await member();
    const visitor = newVisitor();
    const answers = [await visitor.get('/sign-in?locale=de'), await signInOnPages(visitor, email, password)];
    for (const answer of answers) {
      const cookies = answer.headers.getSetCookie();
      expect(cookies.length).toBeGreaterThan(0);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      for (const cookie of cookies) {
        expect(cookie).toMatch(/^__Host-[a-z]+[^;]*=[^;]+;.* Path=\/;/);
        for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax']) expect(cookie).toContain(part);
        expect(cookie).not.toMatch(/Domain/i);
      }
    }
  });

  it('SES2: a sign-in makes a session that nobody had before, whatever cookie was there', async () => {
    const { email, password } = await member();
    const visitor = newVisitor();
    await signInOnPages(visitor, email, password);
    const first = visitor.cookies.get('__Host-session');
    await signInOnPages(visitor, email, password);
    const second = visitor.cookies.get('__Host-session');
    expect(second).not.toBe(first);
    const planted = newVisitor();
    planted.cookies.set('__Host-session', 'planted');
    await signInOnPages(planted, email, password);
    expect(planted.cookies.get('__Host-session')).not.toBe('planted');
  });

  it('SES3, SES6: an edited cookie is nobody; a signed-out one is dead', async () => {
    const { email, password } = await member();
    const visitor = newVisitor();
    await signInOnPages(visitor, email, password);
    const cookie = visitor.cookies.get('__Host-session') ?? '';
    const home = await visitor.get('/account');
    expect(home.status).toBe(200);
    for (const at of [0, 20, 40, cookie.length - 2]) {
      const edited = `${cookie.slice(0, at)}${cookie[at] === 'A' ? 'B' : 'A'}${cookie.slice(at + 1)}`;
      visitor.cookies.set('__Host-session', edited);
      expect((await visitor.get('/account')).headers.get('location')).toMatch(/^\/sign-in/);
    }
    visitor.cookies.set('__Host-session', cookie);
    const out = await send(visitor, formTo(home, '/account/sign-out'));
    expect(out.headers.getSetCookie().join()).toContain('__Host-session=;');
    visitor.cookies.set('__Host-session', cookie);
    expect((await visitor.get('/account')).headers.get('location')).toMatch(/^\/sign-in/);
  });

  it('LOG4: fields name what they are for password managers', async () => {
    const pages = await everyPage(newVisitor());
    expect(pages.signIn?.text).toMatch(/id="username"[^>]*autocomplete="username webauthn"/);
    expect(pages.password?.text).toMatch(/id="password"[^>]*autocomplete="current-password"/);
    expect(pages.signUp?.text).toMatch(/id="password"[^>]*autocomplete="new-password"/);
    expect(pages.code?.text).toMatch(/id="code"[^>]*autocomplete="one-time-code"/);
    expect(pages.recoverPassword?.text).toMatch(/id="password"[^>]*autocomplete="new-password"/);
    // The field that nobody sees is for programs, and for no password manager.
    const shown = Object.values(pages).map(({ text }) => text.replace(/<input [^>]*id="website"[^>]*>/, ''));
    for (const text of shown) expect(text).not.toMatch(/onpaste|autocomplete="off"/);
  });

  it('speaks the language of the client, of the person, of the browser, in this order', async () => {
    const visitor = newVisitor();
    const language = async (path: string) =>
      /<html lang="([^"]+)"/.exec((await visitor.get(path, { headers: { 'accept-language': 'fr' } })).text)?.[1];
    expect(await language('/sign-in')).toBe('fr');
    const asked = await visitor.get(authorizationPath(visitor, { ui_locales: 'de' }));
    expect(await language(asked.headers.get('location') ?? '')).toBe('de');
    expect(await language(`${asked.headers.get('location')}&locale=en`)).toBe('en');
    expect(await language('/sign-up')).toBe('en');
  });
});
