import { beforeAll, describe, expect, it } from 'vitest';
import { capabilities } from '../../bin/capabilities.ts';
import { contracts } from '../../bin/contracts.ts';
import { errorsOf } from '../../lambdas/shared/http/contract.ts';
import { type Member, signUp } from './support/journeys.ts';
import { authorizationPath, signInOnPages } from './support/pages.ts';
import { askRaw } from './support/raw-request.ts';
import { newVisitor, type Visitor } from './support/visitor.ts';

/** One that the gateway lets read what it asks for, and one that it does not. */
const origins = { allowed: 'http://localhost:3000', foreign: 'https://evil.example' } as const;

/** Every route that a person's browser goes to, from the capabilities themselves: what is no API is a page. */
const api = /^\/(v1|\.well-known)\/|^\/oauth2\/(userinfo|register)\b/;
const shown = capabilities
  .flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []))
  .filter(({ method, path }) => method === 'GET' && !api.test(path))
  .map(({ path }) => path);

/** Every form that a page sends: those that clients send go on as what is shown. */
const sentByClients = ['/oauth2/authorize', '/oauth2/logout'];
const sentByPages = Object.values(contracts)
  .flatMap((contract) => Object.entries(contract))
  .filter(([key, operation]) => key.startsWith('POST ') && errorsOf(operation) === 'page')
  .map(([key]) => key.slice('POST '.length))
  .filter((path) => !sentByClients.includes(path));

let member: Member;
let visitor: Visitor;
beforeAll(async () => {
  member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
  visitor = newVisitor();
  await signInOnPages(visitor, member.email, member.password);
});

/** A request as the browser makes it for a script of another origin that has the person's cookies on its side. */
const scripted = (path: string, origin: string) =>
  visitor.get(path, { headers: { origin, 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-site' } });

describe('scripts of another origin', () => {
  it('OP8: what is shown to people is what the contract answers with pages', () => {
    const pages = Object.values(contracts).flatMap((contract) =>
      Object.entries(contract).filter(([key, operation]) => key.startsWith('GET ') && errorsOf(operation) === 'page'),
    );
    expect(pages.map(([key]) => key.slice('GET '.length)).toSorted()).toEqual(shown.toSorted());
    expect(shown.length).toBeGreaterThan(30);
  });

  describe.each(Object.entries(origins))('an origin that is %s', (_, origin) => {
    it.each(shown)('OP8: reads nothing of GET %s', async (path) => {
      const request = path === '/oauth2/authorize' ? authorizationPath(visitor, { response_mode: 'form_post' }) : path;
      const answer = await scripted(request, origin);
      expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.text).not.toMatch(/<form|<input|value="|csrf/);
      expect(answer.text).not.toContain(member.email);
    });

    it.each([
      ['/oauth2/authorize', () => new URL(authorizationPath(visitor, { response_mode: 'form_post' }), 'http://any')],
      ['/oauth2/logout', () => new URL('/oauth2/logout?client_id=northwind-web', 'http://any')],
    ])('OP8: reads nothing by POST %s', async (path, request) => {
      const headers = { origin, 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-site' };
      const form = Object.fromEntries(request().searchParams);
      const posted = await visitor.ask('POST', path, { form, headers });
      expect([posted.status, posted.text]).toEqual([303, '']);
      const location = posted.headers.get('location') ?? '';
      expect(location).toMatch(/^\/oauth2\//);
      const answer = await scripted(location, origin);
      expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
      expect(answer.text).not.toMatch(/<form|<input/);
    });
  });

  it.each(sentByPages)('WEB2: nobody else sends the form of POST %s', async (path) => {
    const marks: readonly Readonly<Record<string, string>>[] = [
      { origin: origins.allowed },
      { origin: origins.foreign },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of marks) {
      const answer = await visitor.ask('POST', path, { form: {}, headers });
      expect([answer.status, answer.headers.get('location')], JSON.stringify(headers)).toEqual([403, null]);
      expect(answer.text).not.toMatch(/<form|<input/);
    }
  });

  it('OP8: people go on as before, whatever a browser says beside their cookies', async () => {
    const navigations: readonly Readonly<Record<string, string>>[] = [
      {},
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' },
      // As one browser or another repeats a header of a form at the redirect after it.
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site', origin: 'https://rp.example' },
      { origin: 'null' },
      { origin: visitor.origin, 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' },
    ];
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    // Not by fetch, which says of itself that it is a script.
    const get = (path: string, headers: Readonly<Record<string, string>>) =>
      askRaw(visitor, { method: 'GET', path, headers: { cookie, ...headers } });
    for (const headers of navigations) {
      expect((await get('/account', headers)).status, JSON.stringify(headers)).toBe(200);
      const answer = await get(authorizationPath(visitor), headers);
      expect(answer.headers.get('location'), JSON.stringify(headers)).toContain('code=');
    }
  });
});
