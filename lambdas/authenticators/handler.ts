import type { Method } from '../shared/domain/assurance.ts';
import { findClient } from '../shared/domain/clients.ts';
import { ownAccount } from '../shared/domain/own-account.ts';
import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { addTotp, putRecoveryCodes, removeFactor } from '../shared/store/change-factors.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import { listFactors } from '../shared/store/factor-store.ts';
import { countTry, findFlow, startFlow } from '../shared/store/flow-store.ts';
import { untilWindowEnds } from '../shared/store/rate-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { authenticatorsView } from './authenticator-view.ts';
import { confirmTotp } from './confirm-totp.ts';
import { contract } from './contract.ts';
import { elevatedSession } from './elevate.ts';
import { makeRecoveryCodes } from './make-recovery-codes.ts';
import { removeAuthenticator } from './remove-authenticator.ts';
import { startTotp } from './start-totp.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const reads = { findSession, findBrowserSession, findUser, findDataKey, findCredentials, findFlow, listFactors };
const writes = { startFlow, countTry, addTotp, removeFactor, putRecoveryCodes };
const store = bind(runtime.tables, { ...reads, ...writes });
const making = { brand, random, open, seal, untilWindowEnds, store };

const pages = lateEndpoints(contract, async () => {
  const { securityEndpoints } = await import('./security-endpoints.ts');
  return securityEndpoints(runtime, making);
});

/** Who asks, and what every use case is made of. */
async function entered(request: Request) {
  const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
  const deps = { ...making, sealing };
  const now = clock();
  const own = await ownAccount(deps, who, now);
  return { own, deps, now, audit: { sub: who.user, client: who.clientId } };
}

export const handler = api(
  runtime,
  contract,
  {
    'GET /v1/account/authenticators': async (request) => {
      const { own, audit } = await entered(request);
      return { status: 200, body: authenticatorsView(await store.listFactors(own.user.id)), audit };
    },

    'POST /v1/account/authenticators/totp': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      const client = findClient(brand, own.clientId) ?? { id: own.clientId };
      const enrolment = await startTotp(deps, own, { client, locale: own.user.locale }, now);
      const { qrCode } = await import('../shared/pages/qr-code.ts');
      return { status: 201, body: { ...enrolment, qr: qrCode(enrolment.uri, brand.name) }, audit };
    },

    'POST /v1/account/authenticators/totp/{flow}': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      const { code, sign_out_others: endsOthers = false } = request.body;
      const elevate = (method: Method) => elevatedSession(own, method);
      await confirmTotp(deps, own, flowOf(request.path), { code, endsOthers }, elevate, now);
      return { status: 200, body: authenticatorsView(await store.listFactors(own.user.id)), audit };
    },

    'POST /v1/account/authenticators/recovery-codes': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      return { status: 201, body: { codes: await makeRecoveryCodes(deps, own, now) }, audit };
    },

    'DELETE /v1/account/authenticators/{authenticator}': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      const endsOthers = request.query.sign_out_others === 'true';
      await removeAuthenticator(deps, own, { id: request.path.authenticator ?? '', endsOthers }, now);
      return { status: 204, audit };
    },

    ...pages,
  },
  lateErrorPage,
);
