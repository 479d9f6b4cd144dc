import type { Beginning } from '../shared/domain/beginning.ts';
import type { Client } from '../shared/domain/brand.ts';
import { firstPartyClient } from '../shared/domain/clients.ts';
import { seconds } from '../shared/domain/time.ts';
import { api } from '../shared/http/api.ts';
import { rememberedDevice } from '../shared/http/device-cookie.ts';
import { flowOf } from '../shared/http/fields.ts';
import { lateErrorPage } from '../shared/http/late-error-page.ts';
import { rememberBrowser } from '../shared/http/remember-browser.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import { startRuntime } from '../shared/http/runtime.ts';
import { begunTokens } from '../shared/oidc/begun-tokens.ts';
import { begin } from '../shared/store/begin.ts';
import { bind } from '../shared/store/bind.ts';
import { findPassword, upgradeHash } from '../shared/store/credential-store.ts';
import { countTry, startFlow } from '../shared/store/flow-store.ts';
import { countUp, forgetCount, untilWindowEnds } from '../shared/store/rate-store.ts';
import { signInByCode } from '../shared/store/sign-in-by-code.ts';
import { findOwner } from '../shared/store/user-store.ts';
import { hashPassword, verifyPassword } from '../shared/vault/password-hash.ts';
import { clientEntrance } from './client-entrance.ts';
import { contract } from './contract.ts';
import { proveCode } from './prove-code.ts';
import { provePassword } from './prove-password.ts';
import { signInEndpoints } from './sign-in-endpoints.ts';
import { startCodeSignIn } from './start-code-sign-in.ts';

const runtime = startRuntime();
const { brand, issuer, random, clock } = runtime;
const { lifetimes } = brand;
const passwordVerbs = { findPassword, upgradeHash, countUp, forgetCount, begin };
const store = bind(runtime.tables, { ...passwordVerbs, startFlow, countTry, findOwner, signInByCode });

const pages = signInEndpoints(runtime, { brand, random, hashPassword, verifyPassword, untilWindowEnds, store });

async function tokenDeps() {
  const [sealing, signing] = await Promise.all([runtime.sealing(), runtime.signing()]);
  return { brand, issuer, lifetimes, random, sealing, signing, store, hashPassword, verifyPassword };
}

async function signedIn(
  deps: Awaited<ReturnType<typeof tokenDeps>>,
  { beginning, identHash }: { readonly beginning: Beginning; readonly identHash: string },
  request: Pick<Request, 'cookies' | 'edge'>,
  now: number,
): Promise<Reply> {
  const cookies = [rememberBrowser(runtime, deps.sealing, request, identHash, now)];
  const audit = { sub: beginning.session.userId };
  return { status: 200, body: await begunTokens({ ...deps, now }, beginning), cookies, audit };
}

export const handler = api(
  runtime,
  contract,
  {
    ...pages,

    'POST /v1/login/password': async (request) => {
      const { body, ip, userAgent, cookies } = request;
      const deps = await tokenDeps();
      const now = clock();
      const remembered = (identHash: string) => rememberedDevice(deps.sealing, identHash, cookies, seconds(now))?.nonce;
      const entrance = clientEntrance(firstPartyClient(brand, body.client_id), body.scope);
      const caller = { ip, userAgent, remembered };
      return signedIn(deps, await provePassword(deps, body, entrance, caller, now), request, now);
    },

    'POST /v1/login/code': async ({ body, ip, headers }) => {
      const deps = { brand, random, sealing: await runtime.sealing(), untilWindowEnds, store };
      const caller = { ip, acceptLanguage: headers['accept-language'] };
      return {
        status: 202,
        body: await startCodeSignIn(
          deps,
          { ...body, client: firstPartyClient(brand, body.client_id) },
          caller,
          clock(),
        ),
      };
    },

    'POST /v1/login/code/{flow}': async (request) => {
      const { path, body, ip, userAgent } = request;
      const deps = await tokenDeps();
      const now = clock();
      const entranceOf = (client: Client) => clientEntrance(client, body.scope);
      const proven = await proveCode(deps, flowOf(path), body.code, entranceOf, { ip, userAgent }, now);
      return signedIn(deps, proven, request, now);
    },
  },
  lateErrorPage,
);
