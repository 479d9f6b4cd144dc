import { api } from '../shared/http/api.ts';
import { bearer } from '../shared/http/bearer.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { readUserinfo } from './read-userinfo.ts';

const runtime = startRuntime();
const store = bind(runtime.tables, { findSession, findUser, findDataKey });

async function userinfo(request: Request): Promise<Reply> {
  const [who, sealing] = await Promise.all([bearer(runtime, request), runtime.sealing()]);
  return {
    status: 200,
    body: await readUserinfo({ sealing, clientLives: runtime.clients.lives, open, store }, who, runtime.clock()),
    audit: { sub: who.user },
  };
}

export const handler = api(runtime, contract, { 'GET /oauth2/userinfo': userinfo, 'POST /oauth2/userinfo': userinfo });
