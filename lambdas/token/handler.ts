import { api } from '../shared/http/api.ts';
import { clientCheck } from '../shared/http/known-client.ts';
import { nextNonce, requiredKey } from '../shared/http/proven-key.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { readAccessToken } from '../shared/oidc/access-token.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { bind } from '../shared/store/bind.ts';
import { followBrowserSession } from '../shared/store/browser-session-store.ts';
import { findDeviceAuthorization, notePoll, redeemDevice } from '../shared/store/device-store.ts';
import { endSession, exchangeCode, findSession, noteExchange, rotate } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { checkGrant } from './check-grant.ts';
import { contract } from './contract.ts';
import { type IdTokenClaims, idTokenClaims } from './id-token-claims.ts';
import { introspectToken } from './introspect-token.ts';
import { issueTokens } from './issue-tokens.ts';
import { revokeToken } from './revoke-token.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const { lives: clientLives } = runtime.clients;
const deviceVerbs = { findDeviceAuthorization, notePoll, redeemDevice };
const sessionVerbs = { rotate, exchangeCode, endSession, findSession, noteExchange };
const personVerbs = { findUser, findDataKey, followBrowserSession };
const store = bind(runtime.tables, { ...deviceVerbs, ...sessionVerbs, ...personVerbs });
const read = (token: string) => readAccessToken(token, issuer, runtime.publicKeys, clock());
const { levels } = brand.authentication;
const making = { issuer, lifetimes: brand.lifetimes, levels, random, store, clientLives, readAccessToken: read };
const knownClient = clientCheck(runtime);

export const handler = api(runtime, contract, {
  'POST /oauth2/token': async (request) => {
    const client = await knownClient(request);
    const { grant_type: grant } = request.body;
    checkGrant(client, grant);
    const rings = Promise.all([runtime.sealing(), runtime.signing()]);
    const [[sealing, signing], key] = await Promise.all([rings, requiredKey(runtime, request, client)]);
    const claims: IdTokenClaims = (...of) => idTokenClaims({ sealing, open, store }, ...of);
    const made = { ...making, sealing, signing, key, idTokenClaims: claims };
    const tokens = await issueTokens(made, client, grant, request, clock());
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
    const deps = { random, sealing: await runtime.sealing(), readAccessToken: read, store };
    await revokeToken(deps, client, request.body.token, now);
    return { status: 200, audit: { client: client.id } };
  },
});
