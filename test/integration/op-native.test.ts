import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from './support/authorization.ts';
import { authorizeThroughPages, newBrowser, type Person } from './support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from './support/harness-cloud.ts';

const web = 'https://app.example/callback';
const loopback = 'http://127.0.0.1/callback';
const shared = { redirectUris: [web, loopback], grants: ['authorization_code', 'refresh_token'] } as const;

let harness: HarnessCloud;
let person: Person;
beforeAll(async () => {
  harness = await startHarnessCloud({
    clients: [
      { ...shared, id: 'public', authentication: 'none' },
      { ...shared, id: 'confidential', authentication: 'client_secret_basic' },
      { ...shared, id: 'own', authentication: 'none', firstParty: true },
    ],
  });
  person = await harness.newPerson();
});
afterAll(() => harness.stop());

describe('CON1: where a request that was allowed before comes again (RFC 8252 section 8.6)', () => {
  it.each<[string, string, string, string]>([
    ['a public client', 'public', `http://127.0.0.1:49152/callback`, 'asked'],
    ['a public client', 'public', web, 'not asked'],
    ['a client with a secret', 'confidential', loopback, 'not asked'],
    ['the brand’s own client', 'own', loopback, 'not asked'],
  ])('%s (%s) at %s is %s', async (_, client_id, redirect_uri, wanted) => {
    const browser = newBrowser();
    const request = (more = {}) => prepare('northwind', { client_id, redirect_uri, ...more }, harness.url).url;
    const first = await authorizeThroughPages(browser, request(), person);
    expect([first.left, first.url.searchParams.get('error')]).toEqual([true, null]);
    const again = await browser.open(request());
    expect(again.left ? 'not asked' : 'asked', again.url.pathname).toBe(wanted);
    const silent = await browser.open(request({ prompt: 'none' }));
    expect(silent.url.searchParams.get('error')).toBe(wanted === 'asked' ? 'consent_required' : null);
    if (wanted === 'not asked') return;
    expect(again.url.pathname).toBe('/consent');
    const allowed = await browser.submit(again);
    expect([allowed.left, allowed.url.searchParams.has('code')]).toEqual([true, true]);
  });
});
