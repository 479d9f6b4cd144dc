import { commonPasswords } from '../shared/domain/common-passwords.ts';
import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { warn } from '../shared/http/log.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { changeAddress } from '../shared/store/change-address.ts';
import { changePassword as storePassword } from '../shared/store/change-password.ts';
import { findCredentials, findPassword } from '../shared/store/credential-store.ts';
import { countTry, startFlow } from '../shared/store/flow-store.ts';
import { countUp, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { changeUser, findDataKey, findUser } from '../shared/store/user-store.ts';
import { breachedPasswords } from '../shared/vault/breached-passwords.ts';
import { hashPassword, verifyPassword } from '../shared/vault/password-hash.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { accountView } from './account-view.ts';
import { cancelEndpoints } from './cancel-endpoints.ts';
import { changePassword } from './change-password.ts';
import { changeProfile } from './change-profile.ts';
import { confirmAddressChange } from './confirm-address-change.ts';
import { contract } from './contract.ts';
import { ownAccount } from './own-account.ts';
import { startAddressChange } from './start-address-change.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const reads = { findSession, findUser, findDataKey, findPassword, findCredentials };
const writes = { changeUser, changePassword: storePassword, changeAddress, startFlow, countTry, countUp };
const store = bind(runtime.tables, { ...reads, ...writes });
const cancel = cancelEndpoints(runtime);
const isBreached = breachedPasswords(process.env.PWNED_ENDPOINT, warn);

/** Who asks, and what every self-service use case is made of. */
async function entered(request: Request) {
  const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
  const deps = { brand, random, sealing, store, open, seal, hashPassword, verifyPassword, untilWindowEnds };
  return { who, deps, now: clock(), audit: { sub: who.user, client: who.clientId } };
}

export const handler = api(
  runtime,
  contract,
  {
    'GET /v1/account': async (request) => {
      const { who, deps, now, audit } = await entered(request);
      const { user, personal } = await ownAccount(deps, who, now);
      return { status: 200, body: accountView(user, personal), audit };
    },

    'PATCH /v1/account': async (request) => {
      const { who, deps, now, audit } = await entered(request);
      return { status: 200, body: await changeProfile(deps, who, request.body, now), audit };
    },

    'POST /v1/account/password': async (request) => {
      const { who, deps, now, audit } = await entered(request);
      await changePassword({ ...deps, isBreached, isCommon: await commonPasswords() }, who, request.body, now);
      return { status: 204, audit };
    },

    'POST /v1/account/email': async (request) => {
      const { who, deps, now, audit } = await entered(request);
      return { status: 202, body: await startAddressChange(deps, who, request.body, request.ip, now), audit };
    },

    'POST /v1/account/email/{flow}': async (request) => {
      const { who, deps, now, audit } = await entered(request);
      const { path, body, ip } = request;
      return { status: 200, body: await confirmAddressChange(deps, who, flowOf(path), body.code, ip, now), audit };
    },

    'GET /email-change/cancel': cancel.ask,
    'POST /email-change/cancel': cancel.cancel,
  },
  lateErrorPage,
);
