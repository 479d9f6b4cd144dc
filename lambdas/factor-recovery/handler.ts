import { firstPartyClient } from '../shared/domain/clients.ts';
import { commonPasswords } from '../shared/domain/common-passwords.ts';
import { iso } from '../shared/domain/time.ts';
import { api } from '../shared/http/api.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { warn } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { guessOrigin, openCaller } from '../shared/http/sign-in-caller.ts';
import { workDeps } from '../shared/http/work-deps.ts';
import { countNearby } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import { listFactors } from '../shared/store/factor-store.ts';
import { countTry, startFlow } from '../shared/store/flow-store.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { countUp, findCounted, untilWindowEnds } from '../shared/store/rate-store.ts';
import {
  consumeFlow,
  findRecovery,
  removeFactors,
  startRecovery,
  stopRecovery,
} from '../shared/store/recovery-store.ts';
import { findDataKey, findOwner, findUser } from '../shared/store/user-store.ts';
import { breachedPasswords } from '../shared/vault/breached-passwords.ts';
import { hashPassword } from '../shared/vault/password-hash.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { proveAddress } from './prove-address.ts';
import { startFactorRecovery } from './start-factor-recovery.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const reads = { findOwner, findUser, findDataKey, findCredentials, findRecovery, listFactors };
const counts = { countTry, countUp, countNearby, findCounted, spendOnce };
const writes = { startFlow, startRecovery, consumeFlow, removeFactors, stopRecovery };
const store = bind(runtime.tables, { ...reads, ...writes, ...counts });
const work = workDeps(runtime);
const isBreached = breachedPasswords(process.env.PWNED_ENDPOINT, warn);
const making = { brand, random, open, seal, hashPassword, isBreached, untilWindowEnds, commonPasswords, work, store };

const at = 'client' as const;

const pages = lateEndpoints(contract, async () => {
  const { lostEndpoints } = await import('./lost-endpoints.ts');
  return lostEndpoints(runtime, making);
});

export const handler = api(
  runtime,
  contract,
  {
    'POST /v1/factor-recoveries': async (request) => {
      const { body } = request;
      const now = clock();
      const deps = { ...making, sealing: await runtime.sealing() };
      const start = { ...body, at, client: firstPartyClient(brand, body.client_id) };
      const caller = openCaller(deps.sealing, request, body.proof, now);
      return { status: 202, body: await startFactorRecovery(deps, start, caller, now) };
    },

    'POST /v1/factor-recoveries/{flow}': async (request) => {
      const { path, body } = request;
      const [sealing, isCommon] = await Promise.all([runtime.sealing(), commonPasswords()]);
      const standing = await proveAddress(
        { ...making, sealing, isCommon },
        flowOf(path),
        { ...body, at },
        guessOrigin(request),
        clock(),
      );
      const times = standing.state === 'waiting' && {
        opens_at: iso(standing.opensAt * 1000),
        closes_at: iso(standing.endsAt * 1000),
      };
      return { status: 200, body: { state: standing.state, ...times }, audit: { sub: standing.sub } };
    },

    ...pages,
  },
  lateErrorPage,
);
