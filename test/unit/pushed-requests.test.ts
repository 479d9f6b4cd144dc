import { beforeEach, describe, expect, test } from 'vitest';
import { checkAuthorizationRequest } from '../../lambdas/authorize/check-authorization-request.ts';
import { pushRequest, requestUriPrefix } from '../../lambdas/authorize/push-request.ts';
import { pointsToPushed, takePushedRequest } from '../../lambdas/authorize/take-pushed-request.ts';
import type { Client } from '../../lambdas/shared/domain/brand.ts';
import { findClient } from '../../lambdas/shared/domain/clients.ts';
import { systemRandom } from '../../lambdas/shared/domain/id.ts';
import { AuthorizationRefusal } from '../../lambdas/shared/oidc/authorization-refusal.ts';
import type { ProvenKey } from '../../lambdas/shared/oidc/dpop-proof.ts';
import { OAuthRefusal } from '../../lambdas/shared/oidc/oauth-refusal.ts';
import { bind } from '../../lambdas/shared/store/bind.ts';
import {
  keepPushedRequest,
  pushedRequestKey,
  takePushedRequest as take,
} from '../../lambdas/shared/store/pushed-request-store.ts';
import { untilWindowEnds } from '../../lambdas/shared/store/rate-store.ts';
import { sampleBrands } from './mail-samples.ts';
import { MemoryTables } from './memory-tables.ts';
import { rejection, sampleSealing } from './sample-keys.ts';

const now = Date.parse('2026-11-21T14:05:00Z');
const [brand] = sampleBrands;
const sealing = sampleSealing();
const find = (id: string): Client => {
  const client = brand.clients.find((each) => each.id === id);
  if (!client) throw new Error(`no client ${id}`);
  return client;
};
const wallet = find('northwind-wallet');
const web = find('northwind-web');
const jkt = 'j'.repeat(43);

const good = {
  response_type: 'code',
  redirect_uri: 'https://wallet.northwind.example/signed-in',
  scope: 'openid orders:read',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
  state: 'st',
  nonce: 'n',
};
type Values = Readonly<Record<string, string>>;
const parameters = (values: Values, repeated: readonly string[] = []) => ({ values, repeated });
const verifyHint = async () => undefined;

let memory: MemoryTables;
beforeEach(() => {
  memory = new MemoryTables();
});

const store = () => bind(memory.tables, { keepPushedRequest, takePushedRequest: take });
function push(values: Values = good, client = wallet, key?: ProvenKey, at = now) {
  const deps = {
    brand,
    untilWindowEnds,
    findClient: async (id: string) => findClient(brand, id),
    random: systemRandom,
    sealing,
    verifyHint,
    pushedRequestKey,
    store: store(),
    key,
  };
  return pushRequest(deps, client, parameters(values), '192.0.2.1', at);
}
const bring = (values: Values, at = now, repeated: readonly string[] = []) =>
  takePushedRequest({ sealing, pushedRequestKey, store: store() }, parameters(values, repeated), at);
const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));
const refusalOf = async (promise: Promise<unknown>) => {
  const error = await rejection(promise);
  expect(error).toBeInstanceOf(OAuthRefusal);
  return (error as OAuthRefusal).error;
};
const proves = (thumbprint: string, isNew = true): ProvenKey => ({ jkt: thumbprint, spend: async () => isNew });

describe('a pushed request', () => {
  test('PAR1: waits for one use under 256 random bits', async () => {
    const pushed = await push();
    expect(pushed.expires_in).toBe(90);
    expect(pushed.request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$/);
    expect((await push()).request_uri).not.toBe(pushed.request_uri);

    const brought = { client_id: wallet.id, request_uri: pushed.request_uri };
    expect(pointsToPushed(parameters(brought))).toBe(true);
    const request = await bring(brought, now + 5000);
    expect(request).toMatchObject({ clientId: wallet.id, redirectUri: good.redirect_uri, state: 'st', nonce: 'n' });
    // A sign-in before the browser came is no answer to prompt=login.
    expect(request.at).toBe(now + 5000);
    expect(await rejection(bring(brought, now + 5000))).toBeInstanceOf(AuthorizationRefusal);
  });

  test('PAR1: of twenty browsers at once, one gets it', async () => {
    const { request_uri } = await push();
    const tries = Array.from({ length: 20 }, () => bring({ client_id: wallet.id, request_uri }));
    expect((await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('PAR1: what the query says beside it is not looked at', async () => {
    const { request_uri } = await push();
    const request = await bring({
      client_id: wallet.id,
      request_uri,
      redirect_uri: 'https://evil.example/',
      scope: 'openid orders:write',
      state: 'evil',
    });
    expect(request).toMatchObject({ redirectUri: good.redirect_uri, scope: good.scope, state: 'st' });
  });

  test('PAR1: the table holds neither handle nor request in the clear', async () => {
    const { request_uri } = await push();
    const items = JSON.stringify(memory.of('PAR'));
    for (const secret of [request_uri.slice(requestUriPrefix.length), good.redirect_uri, good.code_challenge])
      expect(items).not.toContain(secret);
  });

  test('PAR1: it is over after its time, whatever TTL does', async () => {
    const { request_uri } = await push();
    const brought = { client_id: wallet.id, request_uri };
    for (const at of [now + 90_000, now + 3_600_000])
      expect(await rejection(bring(brought, at))).toBeInstanceOf(AuthorizationRefusal);
    expect(await bring(brought, now + 89_000)).toMatchObject({ clientId: wallet.id });
  });

  test.each<readonly [string, (uri: string) => Values]>([
    ['another client', (request_uri) => ({ client_id: web.id, request_uri })],
    ['no client', (request_uri) => ({ request_uri })],
    ['a client in another case', (request_uri) => ({ client_id: wallet.id.toUpperCase(), request_uri })],
    ['a longer handle', (uri) => ({ client_id: wallet.id, request_uri: `${uri}A` })],
    ['a shorter handle', (uri) => ({ client_id: wallet.id, request_uri: uri.slice(0, -1) })],
    ['no handle', () => ({ client_id: wallet.id, request_uri: requestUriPrefix })],
    ['a guess', () => ({ client_id: wallet.id, request_uri: `${requestUriPrefix}${'A'.repeat(43)}` })],
    ['another case', (uri) => ({ client_id: wallet.id, request_uri: uri.toLowerCase() })],
    ['a fragment', (uri) => ({ client_id: wallet.id, request_uri: `${uri}#` })],
  ])('PAR1: brought by %s it is a page, and still there for its client', async (_, brought) => {
    const { request_uri } = await push();
    const error = await rejection(bring(brought(request_uri)));
    expect(error).toBeInstanceOf(AuthorizationRefusal);
    expect((error as AuthorizationRefusal).target).toBeUndefined();
    expect(await bring({ client_id: wallet.id, request_uri })).toMatchObject({ clientId: wallet.id });
  });

  test('OP2: a repeated request_uri or client_id is a page', async () => {
    const { request_uri } = await push();
    for (const name of ['request_uri', 'client_id'])
      expect(await rejection(bring({ client_id: wallet.id, request_uri }, now, [name]))).toBeInstanceOf(
        AuthorizationRefusal,
      );
  });

  test('OP10: any other request_uri points to nothing here', () => {
    for (const request_uri of ['https://evil.example/r', 'http://169.254.169.254/', 'urn:x', 'file:///etc/passwd'])
      expect(pointsToPushed(parameters({ client_id: wallet.id, request_uri }))).toBe(false);
  });
});

describe('the push', () => {
  test.each<readonly [string, Values, string]>([
    ['a request_uri', { ...good, request_uri: `${requestUriPrefix}x` }, 'invalid_request'],
    ['a request object', { ...good, request: 'eyJ' }, 'request_not_supported'],
    ['no redirect_uri', without('redirect_uri'), 'invalid_request'],
    ['an unregistered redirect_uri', { ...good, redirect_uri: 'https://evil.example/' }, 'invalid_request'],
    ['no response_type', without('response_type'), 'invalid_request'],
    ['response_type token', { ...good, response_type: 'token' }, 'unsupported_response_type'],
    ['no code_challenge', without('code_challenge'), 'invalid_request'],
    ['code_challenge_method plain', { ...good, code_challenge_method: 'plain' }, 'invalid_request'],
    ['a wider scope', { ...good, scope: 'openid orders:write' }, 'invalid_scope'],
    ['another API', { ...good, resource: 'https://evil.example/' }, 'invalid_target'],
    ['an unknown prompt', { ...good, prompt: 'none login' }, 'invalid_request'],
    ['a dpop_jkt that is none', { ...good, dpop_jkt: 'x' }, 'invalid_request'],
  ])('PAR1: %s is refused at once, to the client that asks', async (_, values, error) => {
    expect(await refusalOf(push(values))).toBe(error);
    expect(memory.items.size).toBe(0);
  });

  test('a scope that nobody knows is passed over (OIDC Core 3.1.2.1)', async () => {
    const { request_uri } = await push({ ...good, scope: 'openid nobody:knows orders:read' });
    expect(await bring({ client_id: wallet.id, request_uri })).toMatchObject({ scope: 'openid orders:read' });
  });

  test('PAR1: a client pushes for itself alone', async () => {
    const { request_uri } = await push({ ...good, client_id: web.id });
    expect(await bring({ client_id: wallet.id, request_uri })).toMatchObject({ clientId: wallet.id });
  });

  test('DPOP1: a proof binds the code as dpop_jkt does, and the two agree', async () => {
    const bound = async (values: Values, key?: ProvenKey) => {
      const { request_uri } = await push(values, wallet, key);
      return (await bring({ client_id: wallet.id, request_uri })).dpopJkt;
    };
    expect(await bound(good, proves(jkt))).toBe(jkt);
    expect(await bound({ ...good, dpop_jkt: jkt })).toBe(jkt);
    expect(await bound({ ...good, dpop_jkt: jkt }, proves(jkt))).toBe(jkt);
    expect(await bound(good)).toBeUndefined();
    expect(await refusalOf(push({ ...good, dpop_jkt: jkt }, wallet, proves('k'.repeat(43))))).toBe(
      'invalid_dpop_proof',
    );
    expect(await refusalOf(push(good, wallet, proves(jkt, false)))).toBe('invalid_dpop_proof');
  });
});

describe('a client that must push', () => {
  const ask = (client: Client, way?: 'pushed') =>
    checkAuthorizationRequest(
      { brand, findClient: async (id) => findClient(brand, id), verifyHint },
      parameters({ ...good, client_id: client.id, redirect_uri: client.redirectUris[0] ?? '' }),
      now,
      way,
    );

  test('PAR1: its plain request is answered with invalid_request at its redirect', async () => {
    const error = await rejection(ask(wallet));
    expect(error).toMatchObject({ error: 'invalid_request', target: { redirectUri: good.redirect_uri, state: 'st' } });
    expect(await ask(wallet, 'pushed')).toMatchObject({ clientId: wallet.id });
    expect(await ask(web)).toMatchObject({ clientId: web.id });
  });
});
