import { ownAccount } from '../shared/domain/own-account.ts';
import { check } from '../shared/domain/refusal.ts';
import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { phoneEntry } from '../shared/http/page-entries.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { guessOrigin } from '../shared/http/sign-in-caller.ts';
import { countNearby } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import { countTry, startFlow } from '../shared/store/flow-store.ts';
import { addPhone, fileCodeChannel, removePhone as storeRemoval } from '../shared/store/phone-store.ts';
import { countUp, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { chooseChannel } from './choose-channel.ts';
import { confirmPhone } from './confirm-phone.ts';
import { contract } from './contract.ts';
import { phoneView } from './phone-view.ts';
import { removePhone } from './remove-phone.ts';
import { startPhone } from './start-phone.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const reads = { findSession, findBrowserSession, findUser, findDataKey, findCredentials };
const counts = { countTry, countUp, countNearby };
const writes = { startFlow, addPhone, removePhone: storeRemoval, fileCodeChannel, ...counts };
const making = { brand, random, open, seal, untilWindowEnds, store: bind(runtime.tables, { ...reads, ...writes }) };

const pages = lateEndpoints(contract, async () => {
  const { phoneEndpoints } = await import('./phone-endpoints.tsx');
  return phoneEndpoints(runtime, making);
});

/** Who asks, and what every use case is made of. */
async function entered(request: Request) {
  const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
  const deps = { ...making, sealing };
  const now = clock();
  return { own: await ownAccount(deps, who, now), deps, now, audit: { sub: who.user, client: who.clientId } };
}

export const handler = api(
  runtime,
  contract,
  {
    'GET /v1/account/phone': async (request) => {
      const { own, audit } = await entered(request);
      return { status: 200, body: phoneView(own.personal, own.user.codeChannel), audit };
    },

    'POST /v1/account/phone': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      const { sms } = brand.authentication;
      check(sms !== undefined, 'not_found');
      const phone = await phoneEntry(request.body.phone, sms);
      return { status: 202, body: await startPhone(deps, own, phone, request.ip, now), audit };
    },

    'POST /v1/account/phone/{flow}': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      const { path, body } = request;
      const given = { code: body.code, endsOthers: body.sign_out_others ?? false, from: guessOrigin(request) };
      return { status: 200, body: await confirmPhone(deps, own, flowOf(path), given, now), audit };
    },

    'DELETE /v1/account/phone': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      await removePhone(deps, own, { endsOthers: request.query.sign_out_others === 'true' }, now);
      return { status: 204, audit };
    },

    'PUT /v1/account/code-channel': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      return { status: 200, body: await chooseChannel(deps, own, request.body.channel, now), audit };
    },

    ...pages,
  },
  lateErrorPage,
);
