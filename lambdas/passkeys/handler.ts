import { ownAccount } from '../shared/domain/own-account.ts';
import { relyingParty } from '../shared/domain/passkey.ts';
import { api } from '../shared/http/api.ts';
import { ownBearer } from '../shared/http/bearer.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession } from '../shared/store/browser-session-store.ts';
import { addPasskey, namePasskey, removePasskey } from '../shared/store/change-passkeys.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { listPasskeys } from '../shared/store/passkey-store.ts';
import { findSession } from '../shared/store/session-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { enrolPasskey } from './enrol-passkey.ts';
import { passkeysView } from './passkey-view.ts';
import { removeOwnPasskey } from './remove-own-passkey.ts';
import { renamePasskey } from './rename-passkey.ts';
import { startEnrolment } from './start-enrolment.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const reads = { findSession, findBrowserSession, findUser, findDataKey, findCredentials, listPasskeys };
const store = bind(runtime.tables, { ...reads, spendOnce, addPasskey, namePasskey, removePasskey });
const making = { brand, rp: relyingParty(brand, issuer), random, open, seal, store };

/** Who asks, what every use case is made of, and how the person's passkeys are shown afterwards. */
async function entered(request: Request) {
  const [who, sealing] = await Promise.all([ownBearer(runtime, request), runtime.sealing()]);
  const deps = { ...making, sealing };
  const now = clock();
  const own = await ownAccount(deps, who, now);
  const shown = async () => passkeysView(open, making.rp, own, await store.listPasskeys(own.user.id));
  return { own, deps, now, shown, audit: { sub: who.user, client: who.clientId } };
}

export const handler = api(
  runtime,
  contract,
  {
    'GET /v1/account/authenticators/passkeys': async (request) => {
      const { shown, audit } = await entered(request);
      return { status: 200, body: await shown(), audit };
    },

    'POST /v1/account/authenticators/passkeys/options': async (request) => {
      const { own, deps, now, audit } = await entered(request);
      return { status: 200, body: await startEnrolment(deps, own, now), audit };
    },

    'POST /v1/account/authenticators/passkeys': async (request) => {
      const { own, deps, now, shown, audit } = await entered(request);
      const { credential, name, sign_out_others: endsOthers = false } = request.body;
      await enrolPasskey(deps, own, { credential, name, endsOthers }, now);
      return { status: 201, body: await shown(), audit };
    },

    'PATCH /v1/account/authenticators/passkeys/{passkey}': async (request) => {
      const { own, deps, shown, audit } = await entered(request);
      const { passkey: id = '' } = request.path;
      await renamePasskey(deps, own, { id, name: request.body.name ?? undefined });
      return { status: 200, body: await shown(), audit };
    },

    'DELETE /v1/account/authenticators/passkeys/{passkey}': async (request) => {
      const { own, deps, now, shown, audit } = await entered(request);
      const endsOthers = request.query.sign_out_others === 'true';
      await removeOwnPasskey(deps, own, { id: request.path.passkey ?? '', endsOthers }, now);
      return { status: 200, body: await shown(), audit };
    },

    ...lateEndpoints(contract, async () => (await import('./page-endpoints.ts')).pageEndpoints(runtime, making)),
  },
  lateErrorPage,
);
