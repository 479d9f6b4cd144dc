import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { listSessions as readSessions } from '../shared/store/session-store.ts';
import { endAllSessions, endOwnSession } from '../shared/store/sign-out.ts';
import { findUser } from '../shared/store/user-store.ts';
import { contract } from './contract.ts';
import { listSessions } from './list-sessions.ts';
import { signOutEverywhere, signOutOf } from './sign-out.ts';

const runtime = startRuntime();
const { random, clock } = runtime;
const store = bind(runtime.tables, { listSessions: readSessions, findUser, endOwnSession, endAllSessions });

export const handler = api(runtime, contract, {
  'GET /v1/account/sessions': async (request) => {
    const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
    const sessions = await listSessions({ sealing, store }, who, clock());
    return { status: 200, body: { sessions }, audit: { sub: who.user } };
  },

  'DELETE /v1/account/sessions/{id}': async (request) => {
    const who = await ownBearer(runtime, request);
    await signOutOf({ random, store }, who, request.path.id ?? '', clock());
    return { status: 204, audit: { sub: who.user } };
  },

  'DELETE /v1/account/sessions': async (request) => {
    const who = await ownBearer(runtime, request);
    await signOutEverywhere({ random, store }, who, clock());
    return { status: 204, audit: { sub: who.user } };
  },
});
