import { firstPartyClient } from '../shared/domain/clients.ts';
import { commonPasswords } from '../shared/domain/common-passwords.ts';
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
import { resetPassword } from '../shared/store/change-password.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import { listFactors } from '../shared/store/factor-store.ts';
import { countTry, findFlow, renewCode, startFlow } from '../shared/store/flow-store.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { endSessions, lockOut } from '../shared/store/lock-out.ts';
import { countUp, findCounted, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findDataKey, findOwner, findUser } from '../shared/store/user-store.ts';
import { breachedPasswords } from '../shared/vault/breached-passwords.ts';
import { hashPassword } from '../shared/vault/password-hash.ts';
import { open, seal } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { setRecoveredPassword } from './set-recovered-password.ts';
import { startRecovery } from './start-recovery.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const work = workDeps(runtime);
const isBreached = breachedPasswords(process.env.PWNED_ENDPOINT, warn);
const verbs = { startFlow, findFlow, renewCode, spendOnce, countNearby, countTry, countUp, findOwner, resetPassword };
const reads = { findUser, findDataKey, findCredentials, listFactors, findCounted };
const store = bind(runtime.tables, { ...verbs, ...reads, endSessions, lockOut });
const fences = { work, isBreached };
const at = 'client';
const pages = lateEndpoints(contract, async () => {
  const { recoveryEndpoints } = await import('./recovery-endpoints.ts');
  return recoveryEndpoints(runtime, { commonPasswords, hashPassword, untilWindowEnds, open, seal, store, ...fences });
});

export const handler = api(
  runtime,
  contract,
  {
    ...pages,

    'POST /v1/recoveries': async (request) => {
      const { body } = request;
      const now = clock();
      const deps = { brand, random, sealing: await runtime.sealing(), work, untilWindowEnds, store };
      const caller = openCaller(deps.sealing, request, body.proof, now);
      const start = { ...body, at, client: firstPartyClient(brand, body.client_id) } as const;
      return { status: 202, body: await startRecovery(deps, start, caller, now) };
    },

    'POST /v1/recoveries/{flow}/password': async (request) => {
      const { path, body } = request;
      const [sealing, isCommon] = await Promise.all([runtime.sealing(), commonPasswords()]);
      const deps = { brand, random, sealing, isCommon, isBreached, hashPassword, store };
      const sub = await setRecoveredPassword(deps, flowOf(path), { ...body, at }, guessOrigin(request), clock());
      return { status: 204, audit: { sub } };
    },
  },
  lateErrorPage,
);
