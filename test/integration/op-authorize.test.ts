import { beforeAll, describe, expect, it } from 'vitest';
import { callback, nextCode, type Parameters, prepare, signedInBrowser } from './support/authorization.ts';
import { formsOf, newBrowser, passSignIn } from './support/browser-session.ts';
import { type Member, signUp } from './support/journeys.ts';
import { newVisitor, originOf } from './support/visitor.ts';

const brand = 'northwind';
const registered = 'https://www.northwind.example/signed-in';

let member: Member;
let signedIn: Awaited<ReturnType<typeof signedInBrowser>>;
beforeAll(async () => {
  member = await signUp(newVisitor(brand));
  signedIn = await signedInBrowser(brand, member);
});

/** Opens a request in the browser that is signed in. */
async function ask(changed: Parameters) {
  const prepared = prepare(brand, changed);
  return { ...prepared, page: await signedIn.browser.open(prepared.url) };
}

/** What an answer by redirect says. */
async function answered(changed: Parameters) {
  const { page, state } = await ask(changed);
  expect([page.left, page.status]).toEqual([true, 303]);
  const said = Object.fromEntries(page.url.searchParams);
  // OP7: every answer names its issuer, errors too.
  expect(said).toMatchObject({ iss: originOf(brand), state });
  return said;
}

describe('OP1: redirect_uri', () => {
  it.each([
    'https://evil.example/signed-in',
    'https://www.northwind.example.evil.example/signed-in',
    'https://www.northwind.example/signed-in/more',
    'https://www.northwind.example/signed-in/',
    'https://www.northwind.example/',
    'https://www.northwind.example',
    'https://www.northwind.example/signed-in?next=1',
    'https://www.northwind.example/signed-in?',
    'https://www.northwind.example/signed-in#top',
    'https://www.northwind.example/signed-in#',
    'https://www.northwind.example/signed-in/../signed-in',
    'https://www.northwind.example/./signed-in',
    'https://www.northwind.example//signed-in',
    'https://www.northwind.example/signed-in/..;/x',
    'https://www.northwind.example/signed-in;x',
    'https://www.northwind.example/%73igned-in',
    'https://www.northwind.example/signed-in%2f..',
    'https://www.northwind.example%2fsigned-in',
    'https://www.northwind.example/signed-in%00',
    'https://www.northwind.example/signed-in%0d%0aset-cookie:x=1',
    'https://www.northwind.example\\signed-in',
    'https://www.northwind.example\\@evil.example/signed-in',
    'https://evil.example\\.www.northwind.example/signed-in',
    'https://user@www.northwind.example/signed-in',
    'https://www.northwind.example@evil.example/signed-in',
    'https://www.northwind.example:443/signed-in',
    'https://www.northwind.example:8443/signed-in',
    'https://WWW.northwind.example/signed-in',
    'HTTPS://www.northwind.example/signed-in',
    'https://www.northwind.example/Signed-In',
    'https://*.northwind.example/signed-in',
    'http://www.northwind.example/signed-in',
    '//www.northwind.example/signed-in',
    '/signed-in',
    ' https://www.northwind.example/signed-in',
    'https://www.northwind.example/signed-in ',
    'javascript:alert(1)',
    'data:text/html,x',
    'urn:ietf:wg:oauth:2.0:oob',
    'http://localhost:3000/callback/../x',
    'http://localhost:3000/callback?x',
    'http://localhost.evil.example:3000/callback',
    'http://localhost:3000@evil.example/callback',
    'http://localhost:99999999/callback',
    'http://localhost:99999/callback',
    'http://localhost:65536/callback',
    'http://localhost:/callback',
    'http://localhost:-1/callback',
    'http://localhost:3000:3000/callback',
    'http://localhost:３０００/callback',
    'https://localhost:3000/callback',
    'http://127.0.0.1:3000/callback',
    '',
  ])('%j is nobody’s: a page, no redirect', async (redirectUri) => {
    const { page } = await ask({ redirect_uri: redirectUri });
    expect([page.left, page.status]).toEqual([false, 400]);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.url.pathname).toBe('/oauth2/authorize');
  });

  it('missing: a page', async () => {
    expect((await ask({ redirect_uri: undefined })).page.status).toBe(400);
  });

  it('an unknown client: a page', async () => {
    for (const id of ['nobody', '', undefined, '__proto__', 'constructor']) {
      const { page } = await ask({ client_id: id });
      expect([page.left, page.status], String(id)).toEqual([false, 400]);
    }
  });

  it('registered ones, and another port of the loopback host', async () => {
    for (const redirectUri of [registered, callback, 'http://localhost:54321/callback']) {
      const { page } = await ask({ redirect_uri: redirectUri });
      expect(page.left && `${page.url.origin}${page.url.pathname}`).toBe(redirectUri);
      expect(page.url.searchParams.get('code')).toBeTruthy();
    }
  });
});

describe('OP2: parameters', () => {
  it('without response_type, or with another one', async () => {
    expect(await answered({ response_type: undefined })).toMatchObject({ error: 'invalid_request' });
    for (const type of ['token', 'id_token', 'code token', 'code id_token', 'none', 'CODE']) {
      expect(await answered({ response_type: type }), type).toMatchObject({ error: 'unsupported_response_type' });
    }
  });

  it('unknown parameters are ignored', async () => {
    expect(await answered({ unknown: 'x', audience: 'y' })).toHaveProperty('code');
  });

  it('what comes twice is refused: by redirect, or by a page where the redirect itself does', async () => {
    const twice = async (name: string) => {
      const { url } = prepare(brand);
      url.searchParams.append(name, url.searchParams.get(name) ?? 'x');
      return signedIn.browser.open(url);
    };
    for (const name of ['scope', 'state', 'code_challenge']) {
      const page = await twice(name);
      expect(page.url.searchParams.get('error'), name).toBe('invalid_request');
    }
    for (const name of ['client_id', 'redirect_uri']) {
      const page = await twice(name);
      expect([page.left, page.status], name).toEqual([false, 400]);
    }
  });

  it('a scope that others here have and the client has not, or nothing that anybody has', async () => {
    for (const scope of ['openid orders:write', 'admin', 'nobody:knows admin']) {
      expect(await answered({ scope }), scope).toMatchObject({ error: 'invalid_scope' });
    }
  });

  it('scope values that nobody knows are ignored (OIDC Core 3.1.2.1)', async () => {
    const { verifier, page } = await ask({ scope: 'openid unknown:thing  email admin' });
    const form = { grant_type: 'authorization_code', client_id: `${brand}-web`, redirect_uri: callback };
    const given = { ...form, code: page.url.searchParams.get('code') ?? '', code_verifier: verifier };
    const { json } = await newVisitor(brand).ask('POST', '/oauth2/token', { form: given });
    expect(json.scope).toBe('openid email');
  });

  it('an API that is not the client’s', async () => {
    expect(await answered({ resource: 'https://evil.example/' })).toMatchObject({ error: 'invalid_target' });
  });

  it('a response mode that would put the code into a fragment', async () => {
    expect(await answered({ response_mode: 'fragment' })).toMatchObject({ error: 'invalid_request' });
  });

  it.each(['none login', 'sideways', 'none none consent'])('prompt %j', async (prompt) => {
    expect(await answered({ prompt })).toMatchObject({ error: 'invalid_request' });
  });

  it.each(['-1', '1.5', 'soon', '1e9'])('max_age %j', async (maxAge) => {
    expect(await answered({ max_age: maxAge })).toMatchObject({ error: 'invalid_request' });
  });
});

describe('OP3: PKCE', () => {
  it.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['a method without challenge', { code_challenge: undefined }],
    ['method plain', { code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: undefined }],
    ['method s256', { code_challenge_method: 's256' }],
    ['a challenge that is no SHA-256', { code_challenge: 'short' }],
    ['a challenge with padding', { code_challenge: `${'A'.repeat(43)}=` }],
  ])('%s', async (_, changed) => {
    expect(await answered(changed)).toMatchObject({ error: 'invalid_request' });
  });
});

describe('OP10: request objects', () => {
  it('are refused, and nothing is fetched', async () => {
    expect(await answered({ request: 'eyJhbGciOiJub25lIn0.e30.' })).toMatchObject({ error: 'request_not_supported' });
    const { page } = await ask({ request_uri: 'http://169.254.169.254/latest/meta-data' });
    expect(page.url.searchParams.get('error') ?? String(page.status)).toMatch(
      /request_uri_not_supported|invalid_request|400/,
    );
  });
});

describe('OP9: prompt, max_age, id_token_hint', () => {
  const idTokenOf = async (of: { code: string; verifier: string }) => {
    const form = { grant_type: 'authorization_code', client_id: `${brand}-web`, code: of.code, redirect_uri: callback };
    const answer = await newVisitor(brand).ask('POST', '/oauth2/token', {
      form: { ...form, code_verifier: of.verifier },
    });
    return answer.json.id_token as string;
  };

  it('prompt=none without a session: login_required', async () => {
    const page = await newBrowser().open(prepare(brand, { prompt: 'none' }).url);
    expect(Object.fromEntries(page.url.searchParams)).toMatchObject({ error: 'login_required', iss: originOf(brand) });
  });

  it('prompt=none with a session: a code', async () => {
    expect(await answered({ prompt: 'none' })).toHaveProperty('code');
  });

  it('prompt=none for a client that was not agreed to: consent_required', async () => {
    const community = {
      client_id: `${brand}-community`,
      redirect_uri: 'https://forum.northwind.example/auth/callback',
      prompt: 'none',
    };
    expect(await answered(community)).toMatchObject({ error: 'consent_required' });
  });

  it('an ID token of the same person is a welcome hint; of another person it asks for a sign-in', async () => {
    const own = await idTokenOf(await nextCode(signedIn.browser, brand));
    expect(await answered({ prompt: 'none', id_token_hint: own })).toHaveProperty('code');
    const stranger = await signedInBrowser(brand, await signUp(newVisitor(brand)));
    const foreign = await idTokenOf(stranger);
    expect(await answered({ prompt: 'none', id_token_hint: foreign })).toMatchObject({ error: 'login_required' });
    expect(await answered({ id_token_hint: 'nonsense' })).toMatchObject({ error: 'invalid_request' });
    const [head, body] = own.split('.');
    expect(await answered({ id_token_hint: `${head}.${body}.AAAA` })).toMatchObject({ error: 'invalid_request' });
  });

  it('prompt=login and max_age=0 ask again; the new sign-in is what the ID token tells', async () => {
    const own = await signedInBrowser(brand, member);
    const first = JSON.parse(Buffer.from((await idTokenOf(own)).split('.')[1] ?? '', 'base64url').toString());
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const changed of [{ prompt: 'login' }, { max_age: '0' }]) {
      const prepared = prepare(brand, changed);
      const asked = await own.browser.open(prepared.url);
      expect(asked.url.pathname).toBe('/sign-in');
      const page = await passSignIn(own.browser, asked, member);
      const code = page.url.searchParams.get('code') ?? '';
      const claims = JSON.parse(
        Buffer.from(
          (await idTokenOf({ code, verifier: prepared.verifier })).split('.')[1] ?? '',
          'base64url',
        ).toString(),
      );
      expect(claims.auth_time).toBeGreaterThan(first.auth_time);
    }
  });

  it('max_age that is not over yet asks nothing', async () => {
    expect(await answered({ max_age: '10000', prompt: 'none' })).toHaveProperty('code');
  });
});

describe('OP8 and the form_post mode', () => {
  it('redirects by 303, without store, and without CORS', async () => {
    const { page } = await ask({});
    expect(page.status).toBe(303);
    expect(page.headers.get('cache-control')).toContain('no-store');
    const { url } = prepare(brand);
    const reply = await fetch(url, { redirect: 'manual', headers: { origin: 'https://evil.example' } });
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers by a form that posts itself to the client, errors too', async () => {
    const { page, state } = await ask({ response_mode: 'form_post' });
    const [form] = formsOf(page.html);
    expect([page.status, form?.method, form?.action]).toEqual([200, 'post', callback]);
    const said = Object.fromEntries(form?.fields ?? []);
    expect(said).toMatchObject({ state, iss: originOf(brand) });
    expect(said.code).toBeTruthy();
    expect(page.headers.get('content-security-policy')).toContain('form-action');
    const wrong = await ask({ response_mode: 'form_post', scope: 'admin' });
    expect(Object.fromEntries(formsOf(wrong.page.html)[0]?.fields ?? [])).toMatchObject({ error: 'invalid_scope' });
  });

  it('WEB4: what a request says is escaped where it is shown', async () => {
    const script = '"><script>alert(1)</script>';
    const { page } = await ask({ response_mode: 'form_post', state: script });
    expect(page.html).not.toContain('<script>alert');
    const start = await newBrowser().open(prepare(brand, { login_hint: script, ui_locales: script }).url);
    expect(start.url.pathname).toBe('/sign-in');
    expect(start.html).not.toContain('<script>alert');
  });

  /** Sends a request as a form of the client's site, with which browsers send no Lax cookie. */
  async function post(changed: Parameters) {
    const { url } = prepare(brand, changed);
    return signedIn.browser.post(`${url.origin}${url.pathname}`, Object.fromEntries(url.searchParams));
  }

  it('takes the request as a form of another site too, and sees who is signed in (OIDC Core 3.1.2.1)', async () => {
    for (const changed of [{}, { prompt: 'none' }]) {
      const page = await post(changed);
      expect(page.left && page.url.searchParams.has('code'), JSON.stringify(changed)).toBe(true);
    }
    const page = await post({ response_mode: 'form_post' });
    expect(Object.fromEntries(formsOf(page.html)[0]?.fields ?? [])).toHaveProperty('code');
  });

  it('answers what is wrong with a form at once: the client, or the person', async () => {
    const told = await post({ max_age: 'soon' });
    expect([told.left, told.url.searchParams.get('error')]).toEqual([true, 'invalid_request']);
    const shown = await post({ redirect_uri: 'https://evil.example/' });
    expect([shown.left, shown.status, shown.url.pathname]).toEqual([false, 400, '/oauth2/authorize']);
  });
});
