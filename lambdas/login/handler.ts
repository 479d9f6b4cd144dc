import { seconds } from '../shared/domain/time.ts';
import { api } from '../shared/http/api.ts';
import { deviceCookie, rememberedDevice } from '../shared/http/device-cookie.ts';
import { flowOf } from '../shared/http/fields.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { bind } from '../shared/store/bind.ts';
import { findPassword, upgradeHash } from '../shared/store/credential-store.ts';
import { countTry, startFlow } from '../shared/store/flow-store.ts';
import { countUp, forgetCount, untilWindowEnds } from '../shared/store/rate-store.ts';
import { beginSession } from '../shared/store/session-store.ts';
import { signInByCode } from '../shared/store/sign-in-by-code.ts';
import { findOwner } from '../shared/store/user-store.ts';
import { hashPassword, verifyPassword } from '../shared/vault/password-hash.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { contract } from './contract.ts';
import { signInWithCode } from './sign-in-with-code.ts';
import { signInWithPassword } from './sign-in-with-password.ts';
import { startCodeSignIn } from './start-code-sign-in.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const { lifetimes } = brand;
const passwordVerbs = { findPassword, upgradeHash, countUp, forgetCount, beginSession };
const store = bind(runtime.tables, { ...passwordVerbs, startFlow, countTry, findOwner, signInByCode });

async function tokenDeps() {
  const [sealing, signing] = await Promise.all([runtime.sealing(), runtime.signing()]);
  return { brand, issuer, lifetimes, random, sealing, signing, store, hashPassword, verifyPassword };
}

function remember(sealing: SealingRing, identHash: string, now: number): string {
  const nonce = random(12).toString('base64url');
  return deviceCookie(sealing, identHash, nonce, seconds(now), lifetimes.rememberedDevice);
}

export const handler = api(runtime, contract, {
  'POST /v1/login/password': async ({ body, ip, userAgent, cookies }) => {
    const deps = await tokenDeps();
    const now = clock();
    const remembered = (identHash: string) => rememberedDevice(deps.sealing, identHash, cookies, seconds(now))?.nonce;
    const { tokens, sub, identHash } = await signInWithPassword(deps, body, { ip, userAgent, remembered }, now);
    return { status: 200, body: tokens, cookies: [remember(deps.sealing, identHash, now)], audit: { sub } };
  },

  'POST /v1/login/code': async ({ body, ip, headers }) => {
    const deps = { brand, random, sealing: await runtime.sealing(), untilWindowEnds, store };
    const caller = { ip, acceptLanguage: headers['accept-language'] };
    return { status: 202, body: await startCodeSignIn(deps, body, caller, clock()) };
  },

  'POST /v1/login/code/{flow}': async ({ path, body, ip, userAgent }) => {
    const deps = await tokenDeps();
    const now = clock();
    const { tokens, sub, identHash } = await signInWithCode(deps, flowOf(path), body, { ip, userAgent }, now);
    return { status: 200, body: tokens, cookies: [remember(deps.sealing, identHash, now)], audit: { sub } };
  },
});
