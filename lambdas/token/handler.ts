import type { GrantType } from '../shared/domain/brand.ts';
import { api } from '../shared/http/api.ts';
import { clientCheck } from '../shared/http/known-client.ts';
import { nextNonce, requiredKey } from '../shared/http/proven-key.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { readAccessToken, verifyAccessToken } from '../shared/oidc/access-token.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import type { TokenResponse } from '../shared/oidc/token-response.ts';
import { bind } from '../shared/store/bind.ts';
import { findDeviceAuthorization, notePoll, redeemDevice } from '../shared/store/device-store.ts';
import { endSession, exchangeCode, findSession, noteExchange, rotate } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { checkGrant, deviceGrant, exchangeGrant } from './check-grant.ts';
import { contract } from './contract.ts';
import { exchangeAuthorizationCode } from './exchange-authorization-code.ts';
import { exchangeToken } from './exchange-token.ts';
import { introspectToken } from './introspect-token.ts';
import { issueClientCredentials } from './issue-client-credentials.ts';
import { redeemDeviceCode } from './redeem-device-code.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateRefreshToken } from './rotate-refresh-token.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const { lifetimes } = brand;
const { levels } = brand.authentication;
const { lives: clientLives } = runtime.clients;
const deviceVerbs = { findDeviceAuthorization, notePoll, redeemDevice };
const sessionVerbs = { rotate, exchangeCode, endSession, findSession, noteExchange };
const store = bind(runtime.tables, { ...deviceVerbs, ...sessionVerbs, findUser });
const read = (token: string) => readAccessToken(token, issuer, runtime.publicKeys, clock());
const knownClient = clientCheck(runtime);

export const handler = api(runtime, contract, {
  'POST /oauth2/token': async (request) => {
    const { body, arrivedAt, ip, userAgent } = request;
    const client = await knownClient(request);
    checkGrant(client, body.grant_type);
    const [sealing, signing, key] = await Promise.all([
      runtime.sealing(),
      runtime.signing(),
      requiredKey(runtime, request, client),
    ]);
    const deps = {
      issuer,
      lifetimes,
      levels,
      random,
      sealing,
      signing,
      store,
      key,
      clientLives,
      readAccessToken: read,
    };
    const issue: Readonly<Record<GrantType, () => Promise<TokenResponse>>> = {
      authorization_code: () => exchangeAuthorizationCode(deps, client, body, arrivedAt, clock()),
      refresh_token: () => rotateRefreshToken(deps, client, body, arrivedAt, clock()),
      client_credentials: () => issueClientCredentials(deps, client, body.scope, clock()),
      [exchangeGrant]: () => exchangeToken(deps, client, body, clock()),
      [deviceGrant]: () => redeemDeviceCode(deps, client, body.device_code, { ip, userAgent }, clock()),
    };
    const tokens = await issue[body.grant_type]();
    const headers = { pragma: 'no-cache', ...(await nextNonce(runtime, key)) };
    return { status: 200, headers, body: tokens, audit: { client: client.id } };
  },

  'POST /oauth2/introspect': async (request) => {
    const client = await knownClient(request);
    demand(client.authentication !== 'none', 'invalid_client', 'introspection is for clients that authenticate');
    const now = clock();
    const deps = { issuer, levels, sealing: await runtime.sealing(), clientLives, readAccessToken: read, store };
    return {
      status: 200,
      body: await introspectToken(deps, client, request.body.token, now),
      audit: { client: client.id },
    };
  },

  'POST /oauth2/revoke': async (request) => {
    const client = await knownClient(request);
    const now = clock();
    const verify = (token: string) => verifyAccessToken(token, issuer, runtime.publicKeys, now);
    const deps = { random, sealing: await runtime.sealing(), verifyAccessToken: verify, store };
    await revokeToken(deps, client, request.body.token, now);
    return { status: 200, audit: { client: client.id } };
  },
});
