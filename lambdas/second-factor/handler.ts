import { relyingParty } from '../shared/domain/passkey.ts';
import { api } from '../shared/http/api.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { workDeps } from '../shared/http/work-deps.ts';
import { tellStopped } from '../shared/store/activity-store.ts';
import { countNearby } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession, followBrowserSession } from '../shared/store/browser-session-store.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import { enter } from '../shared/store/enter.ts';
import { listFactors } from '../shared/store/factor-store.ts';
import { countTry, findFlow, renewCode } from '../shared/store/flow-store.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { passSecondFactor } from '../shared/store/pass-second-factor.ts';
import { listPasskeys } from '../shared/store/passkey-store.ts';
import { countUp, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findDataKey, findUser } from '../shared/store/user-store.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { loginEndpoints } from './login-endpoints.ts';

const runtime = startRuntime();
const { brand, issuer, random } = runtime;
const sessionReads = { findBrowserSession, followBrowserSession, findUser, findDataKey };
const reads = { ...sessionReads, findFlow, findCredentials, listFactors, listPasskeys };
const writes = { countTry, countUp, countNearby, spendOnce, renewCode, enter, passSecondFactor, tellStopped };
const rp = relyingParty(brand, issuer);
const work = workDeps(runtime);
const deps = { brand, rp, random, open, work, untilWindowEnds, store: bind(runtime.tables, { ...reads, ...writes }) };

const pages = lateEndpoints(contract, async () => {
  const { secondFactorEndpoints } = await import('./second-factor-endpoints.ts');
  return secondFactorEndpoints(runtime, deps);
});

export const handler = api(runtime, contract, { ...loginEndpoints(runtime, deps), ...pages }, lateErrorPage);
