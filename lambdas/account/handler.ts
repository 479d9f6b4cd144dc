import { commonPasswords } from '../shared/domain/common-passwords.ts';
import { ownAccount } from '../shared/domain/own-account.ts';
import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { warn } from '../shared/http/log.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { guessOrigin } from '../shared/http/sign-in-caller.ts';
import { countNearby } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { changeAddress } from '../shared/store/change-address.ts';
import { changePassword as storePassword } from '../shared/store/change-password.ts';
import { findCredentials, findPassword } from '../shared/store/credential-store.ts';
import { cancelFlow, countTry, findFlow, startFlow } from '../shared/store/flow-store.ts';
import { countUp, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { changeUser, findDataKey, findUser } from '../shared/store/user-store.ts';
import { breachedPasswords } from '../shared/vault/breached-passwords.ts';
import { hashPassword, verifyPassword } from '../shared/vault/password-hash.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { accountView } from './account-view.ts';
import { changePassword } from './change-password.ts';
import { changeProfile } from './change-profile.ts';
import { confirmAddressChange } from './confirm-address-change.ts';
import { contract } from './contract.ts';
import { startAddressChange } from './start-address-change.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const reads = { findSession, findBrowserSession, findUser, findDataKey, findPassword, findCredentials, findFlow };
const writes = { changeUser, changePassword: storePassword, changeAddress, startFlow, cancelFlow };
const counts = { countTry, countUp, countNearby };
const store = bind(runtime.tables, { ...reads, ...writes, ...counts });
const isBreached = breachedPasswords(process.env.PWNED_ENDPOINT, warn);
const making = { brand, random, store, open, seal, hashPassword, verifyPassword, isBreached, untilWindowEnds };

const pages = lateEndpoints(contract, async () => {
  const [{ cancelEndpoints }, { changeEndpoints }] = await Promise.all([
    import('./cancel-endpoints.ts'),
    import('./change-endpoints.tsx'),
  ]);
  return { ...cancelEndpoints(runtime), ...changeEndpoints(runtime, making) };
});

/** Who asks, and what every self-service use case is made of. */
async function entered(request: Request) {
  const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
  const deps = { ...making, sealing };
  const now = clock();
  const audit = { sub: who.user, client: who.clientId };
  return { own: await ownAccount(deps, who, now), deps, now, audit };
}

export const handler = api(
  runtime,
  contract,
  {
    'GET /v1/account': async (request) => {
      const { own, audit } = await entered(request);
      return { status: 200, body: accountView(own.user, own.personal), audit };
    },

    'PATCH /v1/account': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      return { status: 200, body: await changeProfile(deps, own, request.body, now), audit };
    },

    'POST /v1/account/password': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      await changePassword({ ...deps, isCommon: await commonPasswords() }, own, request.body, now);
      return { status: 204, audit };
    },

    'POST /v1/account/email': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      return { status: 202, body: await startAddressChange(deps, own, request.body, request.ip, now), audit };
    },

    'POST /v1/account/email/{flow}': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      const { path, body } = request;
      const from = guessOrigin(request);
      return { status: 200, body: await confirmAddressChange(deps, own, flowOf(path), body.code, from, now), audit };
    },

    ...pages,
  },
  lateErrorPage,
);
