import { api } from '../shared/http/api.ts';
import { bearer } from '../shared/http/bearer.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import { bind } from '../shared/store/bind.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { readUserinfo } from './read-userinfo.ts';
import { signUserinfo } from './sign-userinfo.ts';

const runtime = startRuntime();
const { issuer, clock } = runtime;
const store = bind(runtime.tables, { findSession, findUser, findDataKey });
const findClient = runtime.clients.findNow;

async function userinfo(who: Bearer): Promise<Reply> {
  const deps = { sealing: await runtime.sealing(), findClient, open, store };
  const found = await readUserinfo(deps, who, clock());
  const audit = { sub: who.user };
  const { userinfoAlg } = found.client;
  if (userinfoAlg === undefined) return { status: 200, body: found.claims, audit };
  const body = await signUserinfo(issuer, await runtime.signing(), found, userinfoAlg);
  return { status: 200, headers: { 'content-type': 'application/jwt' }, body, audit };
}

export const handler = api(runtime, contract, {
  'GET /oauth2/userinfo': async (request: Request) => userinfo(await bearer(runtime, request)),
  'POST /oauth2/userinfo': async (request: Request) => userinfo(await bearer(runtime, request, 'form')),
});
