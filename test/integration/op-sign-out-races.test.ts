import { beforeAll, describe, expect, it } from 'vitest';
import { callback, codeOf, nextCode, type Prepared, prepare, signedInBrowser } from './support/authorization.ts';
import { type Browser, newBrowser, type Page, passSignIn } from './support/browser-session.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken } from './support/client-requests.ts';
import { eventually } from './support/faults.ts';
import { type Member, signUp } from './support/journeys.ts';

const brand = 'northwind';
const visitor = checkedVisitor(brand);
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

let member: Member;
let stranger: Member;
beforeAll(async () => {
  [member, stranger] = await Promise.all([signUp(checkedVisitor(brand)), signUp(checkedVisitor(brand))]);
});

function exchange(code: string, { verifier }: Pick<Prepared, 'verifier'>) {
  const form = { grant_type: 'authorization_code', client_id: `${brand}-web`, redirect_uri: callback };
  return askToken(visitor, { ...form, code, code_verifier: verifier });
}

/** A browser in which somebody is signed in, with an ID token of that sign-in. */
async function signedIn(who: Member): Promise<{ readonly browser: Browser; readonly idToken: string }> {
  const { browser, code, verifier } = await signedInBrowser(brand, who);
  return { browser, idToken: (await exchange(code, { verifier })).json.id_token };
}

function signOut(browser: Browser, idToken: string): Promise<Page> {
  const url = new URL('/oauth2/logout', visitor.origin);
  url.search = new URLSearchParams({ id_token_hint: idToken }).toString();
  return browser.open(url);
}

describe('LO1: a code of a browser that is signed out', () => {
  it('is worth nothing, though it is seconds old', async () => {
    const { browser, idToken } = await signedIn(member);
    const { code, verifier } = await nextCode(browser, brand);
    expect((await signOut(browser, idToken)).status).toBe(200);
    const refused = await exchange(code, { verifier });
    expect([refused.status, refused.json.error]).toEqual([400, 'invalid_grant']);
  });

  it('but one from before a new sign-in in the same browser is good: the person is signed in still (SES2)', async () => {
    const { browser } = await signedIn(member);
    const first = await nextCode(browser, brand);
    const second = await nextCode(browser, brand);
    const asked = prepare(brand, { prompt: 'login' });
    const again = await passSignIn(browser, await browser.open(asked.url), member);
    expect((await exchange(first.code, first)).status).toBe(200);
    const { id_token: idToken } = (await exchange(codeOf(again), asked)).json;
    expect((await signOut(browser, idToken)).status).toBe(200);
    const refused = await exchange(second.code, second);
    expect([refused.status, refused.json.error]).toEqual([400, 'invalid_grant']);
  });

  it('F4: of requests and a sign-out at the same time nothing lives on', async () => {
    const { browser, idToken } = await signedIn(member);
    const asked = Array.from({ length: 6 }, () => prepare(brand));
    const [signedOut, ...pages] = await Promise.all([
      signOut(browser, idToken),
      ...asked.map(({ url }) => browser.open(url)),
    ]);
    expect(signedOut?.status).toBe(200);
    const answers = await Promise.all(
      pages.map((page, at) => (page.left ? exchange(codeOf(page), asked[at] ?? { verifier: '' }) : undefined)),
    );
    for (const answer of answers) {
      const [status, error] = [answer?.status, answer?.json.error];
      if (answer) expect([status, error]).toEqual([400, 'invalid_grant']);
    }
  });
});

describe('SES8: the list of sessions', () => {
  it('has one for each code that was exchanged, and none for one that waits', async () => {
    const { visitor: own, tokens } = await signUp(checkedVisitor(brand));
    const count = async () =>
      (await own.get('/v1/account/sessions', { token: tokens.access_token })).json.sessions.length;
    expect(await count()).toBe(1);
    const { browser } = await signedIn(member);
    const shown = async () => {
      const { html } = await browser.open(new URL('/account/sessions', visitor.origin));
      return html.split('Northwind shop').length;
    };
    const before = await shown();
    const { code, verifier } = await nextCode(browser, brand);
    expect(await shown()).toBe(before);
    await exchange(code, { verifier });
    expect(await shown()).toBe(before + 1);
  });
});

describe('OP9: an ID token of somebody else', () => {
  it('asks for a sign-in once: whoever else signs in then, the client is told', async () => {
    const { idToken } = await signedIn(stranger);
    const { browser } = await signedIn(member);
    for (const prompt of [undefined, 'login']) {
      const asked = await browser.open(prepare(brand, { id_token_hint: idToken, prompt }).url);
      expect(asked.url.pathname).toBe('/sign-in');
      const answer = await passSignIn(browser, asked, member);
      expect([answer.left, answer.url.searchParams.get('error')]).toEqual([true, 'login_required']);
    }
    const asked = await browser.open(prepare(brand, { id_token_hint: idToken }).url);
    let answer = await passSignIn(browser, asked, stranger);
    if (answer.url.pathname === '/purposes') answer = await browser.submit(answer, { 'purpose.terms': 'on' });
    expect(answer.url.searchParams.has('code')).toBe(true);
  });
});

describe('DEV1 and GD7: who declines the terms', () => {
  it('turns the device away, which learns it with its next poll', async () => {
    const person = await signUp(checkedVisitor(brand));
    const form = { client_id: 'northwind-kiosk' };
    const started = await visitor.ask('POST', '/oauth2/device_authorization', { form });
    const browser = newBrowser();
    const entered = await browser.submit(await browser.open(started.json.verification_uri_complete));
    const terms = await passSignIn(browser, entered, person);
    expect(terms.url.pathname).toBe('/purposes');
    const done = await browser.submit(terms, {}, 'decline');
    expect([done.status, done.url.pathname]).toEqual([200, '/device']);
    const polled = await eventually(async () => {
      const answer = await askToken(visitor, {
        grant_type: deviceGrant,
        device_code: started.json.device_code,
        ...form,
      });
      return answer.json.error === 'slow_down' ? undefined : answer;
    }, 'an answer to the device');
    expect([polled.status, polled.json.error]).toEqual([400, 'access_denied']);
  });
});
