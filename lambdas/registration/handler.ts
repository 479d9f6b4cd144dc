import { commonPasswords } from '../shared/domain/common-passwords.ts';
import { deviceOf } from '../shared/domain/sign-in-caller.ts';
import { api } from '../shared/http/api.ts';
import { signClientIn } from '../shared/http/client-sign-in.ts';
import { usesThrowawayMailbox } from '../shared/http/disposable-domains.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateEndpoints } from '../shared/http/late-endpoints.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { warn } from '../shared/http/log.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { openCaller } from '../shared/http/sign-in-caller.ts';
import { workDeps } from '../shared/http/work-deps.ts';
import { byJson } from '../shared/oidc/client-entrance.ts';
import type { TokenResponse } from '../shared/oidc/token-response.ts';
import { countNearby } from '../shared/store/alert-store.ts';
import { bind } from '../shared/store/bind.ts';
import { followBrowserSession } from '../shared/store/browser-session-store.ts';
import { createAccount } from '../shared/store/create-account.ts';
import { countTry, findFlow, renewCode, startFlow } from '../shared/store/flow-store.ts';
import { spendOnce } from '../shared/store/jti-store.ts';
import { countUp, findCounted, untilWindowEnds } from '../shared/store/rate-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { breachedPasswords } from '../shared/vault/breached-passwords.ts';
import { hashPassword } from '../shared/vault/password-hash.ts';
import { seal } from '../shared/vault/sealed-box.ts';
import { contract } from './contract.ts';
import { resendSignUpCode } from './resend-sign-up-code.ts';
import { signUpClient } from './sign-up-client.ts';
import { startRegistration } from './start-registration.ts';
import { verifyRegistration } from './verify-registration.ts';

const runtime = startRuntime();
const { brand, random, clock } = runtime;
const verbs = { startFlow, findFlow, renewCode, countTry, countUp, spendOnce, countNearby, createAccount };
const store = bind(runtime.tables, { ...verbs, findCounted, followBrowserSession, findUser });
const isBreached = breachedPasswords(process.env.PWNED_ENDPOINT, warn);
const fences = { work: workDeps(runtime), isBreached, usesThrowawayMailbox };
const pages = lateEndpoints(contract, async () => {
  const { signUpEndpoints } = await import('./sign-up-endpoints.ts');
  return signUpEndpoints(runtime, { commonPasswords, hashPassword, untilWindowEnds, seal, store, ...fences });
});
/** A new account's first session at a client has all that the client may ask for. */
const way = byJson(brand, undefined);
const { at } = way;
const flowDeps = async () => ({ brand, random, sealing: await runtime.sealing(), untilWindowEnds, store });

export const handler = api(
  runtime,
  contract,
  {
    ...pages,

    'POST /v1/registrations': async (request) => {
      const { body } = request;
      const now = clock();
      const deps = { ...(await flowDeps()), ...fences, isCommon: await commonPasswords(), hashPassword };
      const caller = openCaller(deps.sealing, request, body.proof, now);
      return {
        status: 202,
        body: await startRegistration(deps, { ...body, at, client: signUpClient(brand, body.client_id) }, caller, now),
        ...(body.website && { audit: { code: 'trapped' } }),
      };
    },

    'POST /v1/registrations/{flow}/resend': async ({ path, ip }) => {
      return { status: 202, body: await resendSignUpCode(await flowDeps(), flowOf(path), at, ip, clock()) };
    },

    'POST /v1/registrations/{flow}/verification': async (request) => {
      const { path, body } = request;
      const now = clock();
      const reply = await signClientIn(runtime, request, now, (sealing) => {
        const deps = { brand, random, sealing, seal, store };
        return verifyRegistration(deps, flowOf(path), body.code, way, deviceOf(request), now);
      });
      return { ...reply, status: 201, body: { ...(reply.body as TokenResponse), sub: reply.audit?.sub } };
    },
  },
  lateErrorPage,
);
