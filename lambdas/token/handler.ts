import type { Client } from '../shared/domain/brand.ts';
import { api } from '../shared/http/api.ts';
import { clientCheck } from '../shared/http/known-client.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { verifyAccessToken } from '../shared/oidc/access-token.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { bind } from '../shared/store/bind.ts';
import { endSession, rotate } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { contract } from './contract.ts';
import { issueClientCredentials } from './issue-client-credentials.ts';
import { revokeToken } from './revoke-token.ts';
import { rotateRefreshToken } from './rotate-refresh-token.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const { lifetimes } = brand;
const store = bind(runtime.tables, { rotate, endSession, findUser });
const knownClient = clientCheck(runtime);

/** RFC 6749 section 5.2: a grant that this server lacks, and one that this client may not use. */
function checkGrant(client: Client, grant: string): asserts grant is Client['grants'][number] {
  const supported = grant === 'refresh_token' || grant === 'client_credentials';
  demand(supported, 'unsupported_grant_type', 'grant_type must be refresh_token or client_credentials');
  demand(client.grants.includes(grant), 'unauthorized_client', 'the client is not registered for this grant');
}

export const handler = api(runtime, contract, {
  'POST /oauth2/token': async (request) => {
    const { body, arrivedAt } = request;
    const client = await knownClient(request);
    checkGrant(client, body.grant_type);
    const [sealing, signing] = await Promise.all([runtime.sealing(), runtime.signing()]);
    const deps = { issuer, lifetimes, random, sealing, signing, store };
    const tokens =
      body.grant_type === 'refresh_token'
        ? await rotateRefreshToken(deps, client, body, arrivedAt, clock())
        : await issueClientCredentials(deps, client, body.scope, clock());
    return { status: 200, headers: { pragma: 'no-cache' }, body: tokens, audit: { client: client.id } };
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
