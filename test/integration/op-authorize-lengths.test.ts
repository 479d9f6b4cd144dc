import { beforeAll, describe, expect, it } from 'vitest';
import { type Parameters, prepare } from './support/authorization.ts';
import { formsOf, newBrowser } from './support/browser-session.ts';
import { type Member, signUp } from './support/journeys.ts';
import { newVisitor, originOf } from './support/visitor.ts';

const brand = 'northwind';

let member: Member;
beforeAll(async () => {
  member = await signUp(newVisitor(brand));
});

describe('F28: long parameters', () => {
  const most = { state: 's'.repeat(2048), nonce: 'n'.repeat(512), login_hint: 'l'.repeat(320), ui_locales: 'de' };

  it('what is taken goes through every page, with room for the headers of a browser', async () => {
    const browser = newBrowser();
    let page = await browser.open(prepare(brand, { ...most, prompt: 'consent' }).url);
    const addresses = [page.url];
    page = await browser.submit(page, { username: member.email });
    addresses.push(page.url);
    page = await browser.submit(page, { password: member.password });
    for (; !page.left; page = await browser.submit(page)) addresses.push(page.url);
    expect(addresses.map(({ pathname }) => pathname)).toEqual([
      '/sign-in',
      '/sign-in/password',
      ...(addresses.length === 4 ? ['/purposes'] : []),
      '/consent',
    ]);
    expect(Object.fromEntries(page.url.searchParams)).toMatchObject({ state: most.state, code: expect.any(String) });
    // The gateway takes 10,240 bytes of address and headers, of which browsers, cookies and an edge need some 3,500.
    for (const { href } of addresses) expect(href.length).toBeLessThan(6_500);
  });

  it('what is too long is told to the client before anybody signs in', async () => {
    const tooLong: readonly Parameters[] = [
      { nonce: 'n'.repeat(513) },
      { claims: `{"userinfo":{"name":null}${' '.repeat(2048)}}` },
      // Short enough by itself, not as it is carried: each of its characters needs two bytes.
      { state: '"'.repeat(2048) },
    ];
    for (const changed of tooLong) {
      const { url } = prepare(brand, changed);
      const page = await newBrowser().open(url);
      const said = Object.fromEntries(page.url.searchParams);
      expect([page.left, said.error], JSON.stringify(changed).slice(0, 40)).toEqual([true, 'invalid_request']);
      expect(said.state).toBe(url.searchParams.get('state'));
    }
  });

  it('a state that is too long to be given back is left out of the answer', async () => {
    // The second in bytes, of which an address needs three times as many.
    for (const changed of [{ response_mode: 'form_post' }, { state: '\u3042'.repeat(700) }, {}]) {
      const { url } = prepare(brand, { state: 's'.repeat(2049), ...changed });
      const form = Object.fromEntries(url.searchParams);
      for (const page of [await newBrowser().open(url), await newBrowser().post(url.origin + url.pathname, form)]) {
        const answer = page.left ? page.url.searchParams : (formsOf(page.html)[0]?.fields ?? []);
        const { error_description: why, ...said } = Object.fromEntries(answer);
        expect(said).toEqual({ error: 'invalid_request', iss: originOf(brand) });
        expect(why).toContain('state');
      }
    }
  });

  it('a long request of nobody is a page', async () => {
    const page = await newBrowser().open(prepare(brand, { client_id: 'nobody', state: 's'.repeat(6000) }).url);
    expect([page.left, page.status]).toEqual([false, 400]);
  });
});
