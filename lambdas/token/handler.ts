import type { Client } from '../shared/domain/brand.ts';
import { api } from '../shared/http/api.ts';
import { clientCheck } from '../shared/http/known-client.ts';
import { nextNonce, requiredKey } from '../shared/http/proven-key.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { readAccessToken, verifyAccessToken } from '../shared/oidc/access-token.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import type { TokenResponse } from '../shared/oidc/token-response.ts';
import { bind } from '../shared/store/bind.ts';
import { endSession, exchangeCode, findSession, rotate } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { contract } from './contract.ts';
import { exchangeAuthorizationCode } from './exchange-authorization-code.ts';
import { introspectToken } from './introspect-token.ts';
import { issueClientCredentials } from './issue-client-credentials.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateRefreshToken } from './rotate-refresh-token.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const { lifetimes } = brand;
const store = bind(runtime.tables, { rotate, exchangeCode, endSession, findSession, findUser });
const knownClient = clientCheck(runtime);

type Grant = Client['grants'][number];

const supported: readonly string[] = ['authorization_code', 'refresh_token', 'client_credentials'] satisfies Grant[];

/** RFC 6749 section 5.2: a grant that this server lacks, and one that this client may not use. */
function checkGrant(client: Client, grant: string): asserts grant is Grant {
  demand(supported.includes(grant), 'unsupported_grant_type', `grant_type must be one of ${supported.join(', ')}`);
  const grants: readonly string[] = client.grants;
  demand(grants.includes(grant), 'unauthorized_client', 'the client is not registered for this grant');
}

export const handler = api(runtime, contract, {
  'POST /oauth2/token': async (request) => {
    const { body, arrivedAt } = request;
    const client = await knownClient(request);
    checkGrant(client, body.grant_type);
    const [sealing, signing, key] = await Promise.all([
      runtime.sealing(),
      runtime.signing(),
      requiredKey(runtime, request, client),
    ]);
    const deps = { issuer, lifetimes, random, sealing, signing, store, key };
    const issue: Readonly<Record<Grant, () => Promise<TokenResponse>>> = {
      authorization_code: () => exchangeAuthorizationCode(deps, client, body, arrivedAt, clock()),
      refresh_token: () => rotateRefreshToken(deps, client, body, arrivedAt, clock()),
      client_credentials: () => issueClientCredentials(deps, client, body.scope, clock()),
    };
    const tokens = await issue[body.grant_type]();
    const headers = { pragma: 'no-cache', ...(await nextNonce(runtime, key)) };
    return { status: 200, headers, body: tokens, audit: { client: client.id } };
  },

  'POST /oauth2/introspect': async (request) => {
    const client = await knownClient(request);
    demand(client.authentication !== 'none', 'invalid_client', 'introspection is for clients that authenticate');
    const now = clock();
    const read = (token: string) => readAccessToken(token, issuer, runtime.publicKeys, now);
    const deps = { issuer, sealing: await runtime.sealing(), readAccessToken: read, store };
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
