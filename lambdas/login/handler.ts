import { api } from '../shared/http/api.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { leakedPasswords } from '../shared/http/leaked-passwords.ts';
import { warn } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { workDeps } from '../shared/http/work-deps.ts';
import { countNearby } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { followBrowserSession } from '../shared/store/browser-session-store.ts';
import { findCredentials, upgradeHash } from '../shared/store/credential-store.ts';
import { enter } from '../shared/store/enter.ts';
import { countTry, findFlow, renewCode, startFlow } from '../shared/store/flow-store.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { findNumber } from '../shared/store/phone-store.ts';
import { countUp, findCounted, forgetCount, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findSeen } from '../shared/store/seen-store.ts';
import { signInByCode } from '../shared/store/sign-in-by-code.ts';
import { findDataKey, findOwner, findUser } from '../shared/store/user-store.ts';
import { breachedPasswords } from '../shared/vault/breached-passwords.ts';
import { hashPassword, verifyPassword } from '../shared/vault/password-hash.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { loginEndpoints } from './login-endpoints.ts';

const runtime = startRuntime();
const { brand, random } = runtime;
const passwordVerbs = {
  findCredentials,
  upgradeHash,
  countUp,
  forgetCount,
  countNearby,
  spendOnce,
  findCounted,
  enter,
};
const codeVerbs = {
  startFlow,
  renewCode,
  countTry,
  findFlow,
  findOwner,
  findNumber,
  findUser,
  findDataKey,
  signInByCode,
};
const store = bind(runtime.tables, { ...passwordVerbs, ...codeVerbs, findSeen, followBrowserSession });
const hasLeaked = leakedPasswords(brand.passwords, breachedPasswords(process.env.PWNED_ENDPOINT, warn));
const work = workDeps(runtime);
const deps = { brand, random, hashPassword, verifyPassword, hasLeaked, work, untilWindowEnds, open, store };

const pages = lateEndpoints(contract, async () => {
  const [{ signInEndpoints }, { codeEndpoints }] = await Promise.all([
    import('./sign-in-endpoints.ts'),
    import('./code-endpoints.ts'),
  ]);
  return { ...signInEndpoints(runtime, deps), ...codeEndpoints(runtime, deps) };
});

export const handler = api(runtime, contract, { ...pages, ...loginEndpoints(runtime, deps) }, lateErrorPage);
