import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../lambdas/shared/domain/brand.ts';
import { newSessionId, newUserId, systemRandom } from '../../lambdas/shared/domain/id.ts';
import type { Session } from '../../lambdas/shared/domain/session.ts';
import { handle } from '../../lambdas/shared/oidc/bearer-handle.ts';
import type { ProvenKey } from '../../lambdas/shared/oidc/dpop-proof.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import type { TokenResponse } from '../../lambdas/shared/oidc/token-response.ts';
import { bind } from '../../lambdas/shared/store/bind.ts';
import { spendOnce } from '../../lambdas/shared/store/jti-store.ts';
import {
  beginSession,
  endSession,
  exchangeCode,
  findSession,
  rotate,
} from '../../lambdas/shared/store/session-store.ts';
import { exchangeAuthorizationCode } from '../../lambdas/token/exchange-authorization-code.ts';
import { issueClientCredentials } from '../../lambdas/token/issue-client-credentials.ts';
import { rotateRefreshToken } from '../../lambdas/token/rotate-refresh-token.ts';
import { sampleBrands } from './mail-samples.ts';
import { MemoryTables } from './memory-tables.ts';
import { rejection, sampleIssuer, sampleSealing, sampleSigning } from './sample-keys.ts';

const start = Date.parse('2026-11-21T14:05:00Z');
const [, solmar] = sampleBrands;
const { lifetimes } = solmar;
const sealing = sampleSealing();
const signing = (await sampleSigning()).ring;
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'https://wallet.solmar.example/signed-in';

const find = (id: string): Client => {
  const client = solmar.clients.find((each) => each.id === id);
  if (!client) throw new Error(`no client ${id}`);
  return client;
};
const wallet = find('solmar-wallet');
const partners = find('solmar-partners');

let memory: MemoryTables;
let now: number;
beforeEach(() => {
  memory = new MemoryTables();
  now = start;
});

/** A key that proves itself with this proof; the same `jti` is the same proof. */
const proves = (jkt: string, jti: string = crypto.randomUUID()): ProvenKey => ({
  jkt,
  spend: () => spendOnce(memory.tables, { kind: 'dpop', of: jkt, jti, until: now / 1000 + 120 }, now),
});

function deps(key?: ProvenKey) {
  const active = async () => ({ status: 'active', sessionsValidFrom: 0 }) as never;
  const alive = { id: newSessionId(now, systemRandom), endsAt: now / 1000 + 900, idleUntil: now / 1000 + 900 };
  const verbs = bind(memory.tables, { rotate, exchangeCode, endSession, findSession });
  const store = { ...verbs, findUser: active, followBrowserSession: async () => alive as never };
  return {
    issuer: sampleIssuer,
    levels: { aal2: { absolute: 43_200, idle: 3600 } },
    lifetimes,
    random: systemRandom,
    sealing,
    signing,
    store,
    key,
    idTokenClaims: async () => ({}),
  };
}

/** A session whose code waits to be exchanged. */
async function issuedCode(client: Client, codeJkt?: string) {
  const user = newUserId(systemRandom);
  const id = newSessionId(now, systemRandom);
  const until = now / 1000 + 60;
  const code = { redirectUri, challenge, until, ...(codeJkt !== undefined && { jkt: codeJkt }) };
  const session: Session = {
    id,
    userId: user,
    clientId: client.id,
    scope: client.scopes.join(' '),
    generation: 0,
    acr: 'aal1',
    methods: ['password'],
    amr: ['pwd'],
    authTime: now / 1000,
    lastSeenAt: now / 1000,
    idleUntil: until,
    endsAt: now / 1000 + lifetimes.refreshAbsolute,
    sealed: '',
    code,
  };
  const event = { id: 'evt_x', type: 'user.signed_in', at: '', data: {} } as const;
  await beginSession(memory.tables, session, event);
  return { user, id, code: handle(sealing, 'authorization', { user, session: id, browser: id }) };
}

const exchange = (client: Client, code: string, key?: ProvenKey) =>
  exchangeAuthorizationCode(deps(key), client, { code, redirect_uri: redirectUri, code_verifier: verifier }, now, now);
const refresh = (client: Client, tokens: TokenResponse, key?: ProvenKey, arrivedAt = now) =>
  rotateRefreshToken(deps(key), client, { refresh_token: tokens.refresh_token }, arrivedAt, now);
const errorOf = async (promise: Promise<unknown>) => {
  const error = await rejection(promise);
  return error instanceof OAuthRefusal ? error.error : error;
};
const revokedAt = () => memory.of('GRANT')[0]?.revokedAt;

describe('the code exchange', () => {
  test('binds the access token, and a public client’s refresh token', async () => {
    const { code } = await issuedCode(wallet);
    const tokens = await exchange(wallet, code, proves('key-1'));
    expect(tokens.token_type).toBe('DPoP');
    expect(decodeJwt(tokens.access_token).cnf).toEqual({ jkt: 'key-1' });
    expect(memory.of('GRANT')[0]?.jkt).toBe('key-1');
  });

  test('without a proof nothing is bound', async () => {
    const { code } = await issuedCode(partners);
    const tokens = await exchange(partners, code);
    expect([tokens.token_type, decodeJwt(tokens.access_token).cnf]).toEqual(['Bearer', undefined]);
    expect(memory.of('GRANT')[0]).not.toHaveProperty('jkt');
    expect(memory.of('JTI')).toEqual([]);
  });

  test('DPOP1: a code that is bound by dpop_jkt is good with that key alone', async () => {
    for (const key of [undefined, proves('key-2')]) {
      const { code } = await issuedCode(wallet, 'key-1');
      expect(await errorOf(exchange(wallet, code, key))).toBe('invalid_grant');
      // The failure has spent the code (OP5).
      expect(await errorOf(exchange(wallet, code, proves('key-1')))).toBe('invalid_grant');
    }
    const { code } = await issuedCode(wallet, 'key-1');
    expect((await exchange(wallet, code, proves('key-1'))).token_type).toBe('DPoP');
  });

  test('DPOP1: a proof that was used before gets nothing, and leaves no session behind', async () => {
    const first = await issuedCode(wallet);
    await exchange(wallet, first.code, proves('key-1', 'proof'));
    memory.items.delete(`Sessions GRANT#${first.user} ${first.id}`);
    const second = await issuedCode(wallet);
    expect(await errorOf(exchange(wallet, second.code, proves('key-1', 'proof')))).toBe('invalid_dpop_proof');
    expect(revokedAt()).toBe(now);
  });

  test('DPOP1: where the proof cannot be spent, nothing is issued', async () => {
    const { code } = await issuedCode(wallet);
    const fault = new Error('unavailable');
    expect(await errorOf(exchange(wallet, code, { jkt: 'key-1', spend: () => Promise.reject(fault) }))).toBe(fault);
  });
});

describe('the refresh', () => {
  const bound = async (client: Client) => exchange(client, (await issuedCode(client)).code, proves('key-1'));

  test('goes on with the same key', async () => {
    const tokens = await bound(wallet);
    const next = await refresh(wallet, tokens, proves('key-1'));
    expect(next.token_type).toBe('DPoP');
    expect(decodeJwt(next.access_token).cnf).toEqual({ jkt: 'key-1' });
    expect((await refresh(wallet, next, proves('key-1'))).token_type).toBe('DPoP');
  });

  test.each([
    ['another key', () => proves('key-2')],
    ['no key', () => undefined],
  ])('DPOP1: with %s a public client’s token is worth nothing, and its session lives on', async (_, key) => {
    const tokens = await bound(wallet);
    expect(await errorOf(refresh(wallet, tokens, key()))).toBe('invalid_grant');
    expect(revokedAt()).toBeUndefined();
    expect((await refresh(wallet, tokens, proves('key-1'))).token_type).toBe('DPoP');
  });

  test('DPOP1: the grace after a rotation asks for the key too', async () => {
    const tokens = await bound(wallet);
    const successor = await refresh(wallet, tokens, proves('key-1'));
    now += 1000;
    for (const key of [undefined, proves('key-2')])
      expect(await errorOf(refresh(wallet, tokens, key))).toBe('invalid_grant');
    expect((await refresh(wallet, tokens, proves('key-1'))).refresh_token).toBe(successor.refresh_token);
  });

  test('RT1: a spent token with its key ends the session', async () => {
    const tokens = await bound(wallet);
    await refresh(wallet, tokens, proves('key-1'));
    now += lifetimes.refreshGrace * 1000 + 1;
    expect(await errorOf(refresh(wallet, tokens, proves('key-1')))).toBe('invalid_grant');
    expect(revokedAt()).toBe(now);
  });

  test('DPOP1: the same request again is refused and ends nothing', async () => {
    const tokens = await bound(wallet);
    await refresh(wallet, tokens, proves('key-1', 'proof'));
    now += lifetimes.refreshGrace * 1000 + 1;
    expect(await errorOf(refresh(wallet, tokens, proves('key-1', 'proof')))).toBe('invalid_dpop_proof');
    expect(revokedAt()).toBeUndefined();
  });

  test('DPOP1: an old proof with a live token ends the session: its successor went to nobody', async () => {
    const tokens = await bound(wallet);
    const next = await refresh(wallet, tokens, proves('key-1', 'proof'));
    expect(await errorOf(refresh(wallet, next, proves('key-1', 'proof')))).toBe('invalid_dpop_proof');
    expect(revokedAt()).toBe(now);
  });

  test('a confidential client may change its key, or do without', async () => {
    const tokens = await bound(partners);
    expect(memory.of('GRANT')[0]).not.toHaveProperty('jkt');
    const next = await refresh(partners, tokens, proves('key-2'));
    expect(decodeJwt(next.access_token).cnf).toEqual({ jkt: 'key-2' });
    expect((await refresh(partners, next)).token_type).toBe('Bearer');
  });

  test('a public client’s session is bound from its first proof on', async () => {
    const plain = await exchange(wallet, (await issuedCode(wallet)).code);
    const next = await refresh(wallet, plain, proves('key-1'));
    expect(await errorOf(refresh(wallet, next))).toBe('invalid_grant');
  });
});

describe('client credentials', () => {
  const issue = (key?: ProvenKey) => issueClientCredentials(deps(key), partners, undefined, now);

  test('are bound where a key is proven', async () => {
    const tokens = await issue(proves('key-1'));
    expect([tokens.token_type, decodeJwt(tokens.access_token).cnf]).toEqual(['DPoP', { jkt: 'key-1' }]);
    expect((await issue()).token_type).toBe('Bearer');
  });

  test('DPOP1: a proof counts once', async () => {
    await issue(proves('key-1', 'proof'));
    expect(await errorOf(issue(proves('key-1', 'proof')))).toBe('invalid_dpop_proof');
    expect((await issue(proves('key-2', 'proof'))).token_type).toBe('DPoP');
  });
});
