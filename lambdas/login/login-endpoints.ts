import { firstPartyClient } from '../shared/domain/clients.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { signClientIn } from '../shared/http/client-sign-in.ts';
import type { BodyOf } from '../shared/http/contract.ts';
import { flowOf } from '../shared/http/fields.ts';
import { phoneEntry } from '../shared/http/page-entries.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { openCaller, signInCaller } from '../shared/http/sign-in-caller.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { byJson, clientEntrance } from '../shared/oidc/client-entrance.ts';
import type { contract } from './contract.ts';
import { proveCode } from './prove-code.ts';
import { provePassword } from './prove-password.ts';
import type { SignInDeps } from './sign-in-endpoints.ts';
import { startCodeSignIn, startTextSignIn } from './start-code-sign-in.ts';

type Asked<Route extends keyof typeof contract> = Request<BodyOf<(typeof contract)[Route]>>;

/** Sign-in at a client's own screens, by the JSON journeys. */
export function loginEndpoints(runtime: Runtime, given: SignInDeps) {
  const { brand, clock } = runtime;
  const ready = async () => ({ ...given, sealing: await runtime.sealing() });

  return {
    'POST /v1/login/password': async (request: Asked<'POST /v1/login/password'>): Promise<Reply> => {
      const { body, headers } = request;
      const now = clock();
      const entrance = clientEntrance(brand, body.client_id, body.scope);
      const locale = negotiateLocale(brand.locales, { acceptLanguage: headers['accept-language'] });
      return signClientIn(runtime, request, now, (sealing) => {
        const caller = { ...signInCaller(sealing, request, locale, now), proof: body.proof };
        return provePassword({ ...given, sealing }, body, entrance, caller, now);
      });
    },

    'POST /v1/login/code': async (request: Asked<'POST /v1/login/code'>): Promise<Reply> => {
      const { body } = request;
      const start = { ...body, at: 'client', client: firstPartyClient(brand, body.client_id) } as const;
      const [deps, now] = [await ready(), clock()];
      const caller = openCaller(deps.sealing, request, body.proof, now);
      return { status: 202, body: await startCodeSignIn(deps, start, caller, now) };
    },

    'POST /v1/login/text': async (request: Asked<'POST /v1/login/text'>): Promise<Reply> => {
      const { body } = request;
      const client = firstPartyClient(brand, body.client_id);
      const { sms } = brand.authentication;
      if (!sms?.firstFactor) throw new Refusal('not_found');
      const start = { at: 'client', client, phone: await phoneEntry(body.phone, sms), locale: body.locale } as const;
      const [deps, now] = [await ready(), clock()];
      const caller = openCaller(deps.sealing, request, body.proof, now);
      return { status: 202, body: await startTextSignIn(deps, start, caller, now) };
    },

    'POST /v1/login/code/{flow}': async (request: Asked<'POST /v1/login/code/{flow}'>): Promise<Reply> => {
      const { path, body, headers } = request;
      const now = clock();
      const locale = negotiateLocale(brand.locales, { acceptLanguage: headers['accept-language'] });
      const way = byJson(brand, body.scope);
      return signClientIn(runtime, request, now, (sealing) => {
        const caller = signInCaller(sealing, request, locale, now);
        return proveCode({ ...given, sealing }, flowOf(path), { code: body.code }, way, caller, now);
      });
    },
  };
}
