import type { Client } from '../shared/domain/brand.ts';
import { firstPartyClient } from '../shared/domain/clients.ts';
import { seconds } from '../shared/domain/time.ts';
import { signClientIn } from '../shared/http/client-sign-in.ts';
import type { BodyOf } from '../shared/http/contract.ts';
import { rememberedDevice } from '../shared/http/device-cookie.ts';
import { flowOf } from '../shared/http/fields.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { clientEntrance } from './client-entrance.ts';
import type { contract } from './contract.ts';
import { proveCode } from './prove-code.ts';
import { provePassword } from './prove-password.ts';
import type { SignInDeps } from './sign-in-endpoints.ts';
import { startCodeSignIn } from './start-code-sign-in.ts';

type Asked<Route extends keyof typeof contract> = Request<BodyOf<(typeof contract)[Route]>>;

/** Sign-in at a client's own screens, by the JSON journeys. */
export function loginEndpoints(runtime: Runtime, given: SignInDeps) {
  const { brand, clock } = runtime;
  const ready = async () => ({ ...given, sealing: await runtime.sealing() });

  return {
    'POST /v1/login/password': async (request: Asked<'POST /v1/login/password'>): Promise<Reply> => {
      const { body, ip, userAgent, cookies, headers } = request;
      const now = clock();
      const deps = await ready();
      const remembered = (identHash: string) => rememberedDevice(deps.sealing, identHash, cookies, seconds(now))?.nonce;
      const entrance = clientEntrance(firstPartyClient(brand, body.client_id), body.scope);
      const locale = negotiateLocale(brand.locales, { acceptLanguage: headers['accept-language'] });
      const caller = { ip, userAgent, remembered, locale, proof: body.proof };
      return signClientIn(runtime, await provePassword(deps, body, entrance, caller, now), now);
    },

    'POST /v1/login/code': async ({ body, ip, headers }: Asked<'POST /v1/login/code'>): Promise<Reply> => {
      const caller = { ip, acceptLanguage: headers['accept-language'], proof: body.proof };
      const start = { ...body, client: firstPartyClient(brand, body.client_id) };
      return { status: 202, body: await startCodeSignIn(await ready(), start, caller, clock()) };
    },

    'POST /v1/login/code/{flow}': async (request: Asked<'POST /v1/login/code/{flow}'>): Promise<Reply> => {
      const { path, body, ip, userAgent } = request;
      const now = clock();
      const entranceOf = (client: Client) => clientEntrance(client, body.scope);
      const proven = await proveCode(await ready(), flowOf(path), body.code, entranceOf, { ip, userAgent }, now);
      return signClientIn(runtime, proven, now);
    },
  };
}
