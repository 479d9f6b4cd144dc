import { createRemoteJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { northwind } from '../../brands/northwind.ts';
import { solmar } from '../../brands/solmar.ts';
import { callback, prepare, signedInBrowser } from './support/authorization.ts';
import { facts } from './support/brand-facts.ts';
import { checkedVisitor } from './support/checked-visitor.ts';
import { askToken, isTaken } from './support/client-requests.ts';
import { advance, cloudNow } from './support/cloud-desk.ts';
import { refresh, signIn, signUp } from './support/journeys.ts';
import { audiences } from './support/relying-party.ts';
import { itemsUnder, readItem } from './support/tables.ts';
import type { BrandId } from './support/visitor.ts';

const brands = { northwind, solmar } as const;
const hour = 3600;
const day = 24 * hour;
/** Seconds between two runs of the schedule that rotates, and a little. */
const untilNextRun = 6 * hour + 60;

interface Published {
  readonly kid: string;
  readonly alg: string;
  /** Epoch seconds. */
  readonly activeFrom: number;
}

/** The published ES256 keys with the times that the table has of them, oldest first. */
async function published(brand: BrandId): Promise<readonly Published[]> {
  const ring = await readItem(brand, 'Vault', 'KEYRING#public');
  const keys = (ring?.keys ?? []) as readonly Published[];
  return keys.filter(({ alg }) => alg === 'ES256').toSorted((a, b) => a.activeFrom - b.activeFrom);
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid;

describe.each(['northwind', 'solmar'] as const)('keys at %s', (brand) => {
  const visitor = checkedVisitor(brand);
  const jwks = async () => (await visitor.get('/.well-known/jwks.json')).json.keys as readonly JWK[];
  const kids = async () => (await jwks()).map(({ kid }) => kid);
  const until = async (instant: number) => {
    const left = instant - (await cloudNow(brand)) / 1000;
    if (left > 0) await advance(brand, left);
  };

  it('TK5: the key set has public parts only, unique ids, and may be cached for less than a key waits', async () => {
    const answer = await visitor.get('/.well-known/jwks.json');
    const keys = answer.json.keys as readonly JWK[];
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
    expect(new Set(keys.map(({ alg }) => alg))).toEqual(new Set(['ES256', 'RS256']));
    for (const { kty, kid, alg, use, ...rest } of keys) {
      const parts = kty === 'EC' ? ['crv', 'x', 'y'] : ['e', 'n'];
      expect(Object.keys(rest).toSorted()).toEqual(parts);
      expect([typeof kid, typeof alg, use]).toEqual(['string', 'string', 'sig']);
      if (rest.n) expect(Buffer.from(rest.n, 'base64url').length).toBeGreaterThanOrEqual(256);
    }
    const maxAge = Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1]);
    expect(maxAge).toBeGreaterThan(0);
    expect(maxAge).toBeLessThanOrEqual(hour);
  });

  it('TK8: no table holds a private key in plain', async () => {
    const items = JSON.stringify(await itemsUnder(brand, 'Vault', 'KEYRING#'));
    expect(items).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
    expect(items).not.toContain('PRIVATE KEY');
  });

  it('TK6: a new key is published before it signs; tokens of old and new verify throughout', async () => {
    const { lifetimes } = brands[brand];
    const member = await signUp(visitor);
    const current = (await published(brand)).at(-1);
    if (!current) throw new Error('no key is published');
    // A relying party that fetched the keys long before, and looks again only when it meets an unknown one.
    const settled = Math.max(current.activeFrom, (await cloudNow(brand)) / 1000);
    await until(settled + 1);
    const before = await kids();
    expect(before).toContain(current.kid);

    await until(current.activeFrom + lifetimes.signingKey - day + untilNextRun);
    const next = (await published(brand)).at(-1);
    if (!next || next.kid === current.kid) throw new Error('the schedule made no new key');
    const announced = await kids();
    expect(announced).toEqual(expect.arrayContaining([current.kid, next.kid]));
    expect(next.activeFrom - (await cloudNow(brand)) / 1000).toBeGreaterThan(hour);
    const remote = createRemoteJWKSet(new URL(`${visitor.origin}/.well-known/jwks.json`));
    const verifies = async (token: string) =>
      jwtVerify(token, remote, {
        issuer: visitor.origin,
        audience: audiences[brand],
        currentDate: new Date(await cloudNow(brand)),
      });

    const session = (await signIn(visitor, member.email, member.password)).json;
    expect(kidOf(session.access_token)).toBe(current.kid);
    await verifies(session.access_token);

    await until(next.activeFrom - 120);
    const old = (await refresh(visitor, session.refresh_token)).json;
    expect(kidOf(old.access_token)).toBe(current.kid);
    await until(next.activeFrom + 5);
    const fresh = (await refresh(visitor, old.refresh_token)).json;
    expect([kidOf(fresh.access_token), kidOf(fresh.id_token)]).toEqual([next.kid, next.kid]);
    for (const { access_token } of [old, fresh]) {
      await verifies(access_token);
      expect(await isTaken(visitor, access_token)).toBe(true);
    }
    const last = Number((await verifies(old.access_token)).payload.exp);
    await until(last - 5);
    expect(await kids()).toContain(current.kid);
    expect(await isTaken(visitor, old.access_token)).toBe(true);

    await until(next.activeFrom + Math.max(lifetimes.accessToken, lifetimes.idToken) + day + untilNextRun);
    expect(await kids()).not.toContain(current.kid);
    expect(await kids()).toContain(next.kid);
  });

  it('TK6, F20: an ID token of a key that is retired is a hint for as long as its session may live', async () => {
    const { lifetimes } = facts[brand];
    const member = await signUp(visitor, { consents: [{ purpose: 'terms', granted: true }] });
    const [current] = (await published(brand)).slice(-1);
    if (!current) throw new Error('no key is published');
    await until(current.activeFrom + lifetimes.signingKey - day + untilNextRun);
    const next = (await published(brand)).at(-1);
    const idTokenOf = async ({ code, verifier }: { readonly code: string; readonly verifier: string }) => {
      const form = { grant_type: 'authorization_code', client_id: `${brand}-web`, code_verifier: verifier };
      return (await askToken(visitor, { ...form, code, redirect_uri: callback })).json.id_token as string;
    };
    const first = await signedInBrowser(brand, member);
    const { browser } = first;
    const hint = await idTokenOf(first);
    expect(kidOf(hint)).toBe(current.kid);

    const longest = Math.max(lifetimes.accessToken, lifetimes.idToken);
    await until((next?.activeFrom ?? 0) + longest + day + untilNextRun);
    expect(await kids()).not.toContain(current.kid);
    const silent = await browser.open(prepare(brand, { prompt: 'none', id_token_hint: hint }).url);
    expect([silent.left, silent.url.searchParams.get('error')]).toEqual([true, null]);
    const logout = new URL('/oauth2/logout', visitor.origin);
    const home = 'http://localhost:3000/';
    logout.search = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: home }).toString();
    const out = await browser.open(logout);
    expect([out.left, out.url.href]).toEqual([true, home]);
    const after = await browser.open(prepare(brand, { prompt: 'none' }).url);
    expect(after.url.searchParams.get('error')).toBe('login_required');

    // Nobody can have a session of that time any more: the token proves nothing, and the person is asked.
    await until((next?.activeFrom ?? 0) + lifetimes.refreshAbsolute + untilNextRun);
    const later = await signedInBrowser(brand, member);
    const asked = await later.browser.open(logout);
    expect([asked.left, asked.status]).toEqual([false, 200]);
    const done = await later.browser.submit(asked);
    expect([done.left, done.status]).toEqual([false, 200]);
  });

  it('TK6: between two rotations the schedule changes nothing', async () => {
    const before = await kids();
    await advance(brand, untilNextRun);
    await advance(brand, untilNextRun);
    expect(await kids()).toEqual(before);
  });
});

it('TK7: each brand has keys of its own', async () => {
  const sets = await Promise.all(
    (['northwind', 'solmar'] as const).map(
      async (brand) => (await checkedVisitor(brand).get('/.well-known/jwks.json')).json,
    ),
  );
  const kids = sets.flatMap(({ keys }) => keys.map(({ kid }: JWK) => kid));
  expect(new Set(kids).size).toBe(kids.length);
});
