import { signClientIn } from '../shared/http/client-sign-in.ts';
import type { BodyOf } from '../shared/http/contract.ts';
import { flowOf } from '../shared/http/fields.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import type { contract } from './contract.ts';
import { proveSecondFactor, type SecondFactorDeps } from './prove-second-factor.ts';
import { type SendDeps, sendCode } from './send-code.ts';

type Asked<Route extends keyof typeof contract> = Request<BodyOf<(typeof contract)[Route]>>;

/** What JSON journeys and pages share: the same checks, the same stores. */
export type PassingDeps = Omit<SecondFactorDeps & SendDeps, 'sealing' | 'store'> & {
  readonly store: SecondFactorDeps['store'] & SendDeps['store'];
};

/** The second factor at a client's own screens, by the JSON journeys. */
export function loginEndpoints(runtime: Runtime, given: PassingDeps) {
  const { brand, clock } = runtime;
  const ready = async () => ({ ...given, sealing: await runtime.sealing() });
  const at = 'client';

  return {
    'POST /v1/login/second-factor/{flow}': async (
      request: Asked<'POST /v1/login/second-factor/{flow}'>,
    ): Promise<Reply> => {
      const { path, body, headers } = request;
      const now = clock();
      const deps = await ready();
      const locale = negotiateLocale(brand.locales, { acceptLanguage: headers['accept-language'] });
      const caller = signInCaller(deps.sealing, request, locale, now);
      const factor = { at, factor: body.factor, text: body.code } as const;
      const proven = await proveSecondFactor(deps, flowOf(path), factor, caller, now);
      return signClientIn(runtime, request, proven, now);
    },

    'POST /v1/login/second-factor/{flow}/code': async ({
      path,
      body,
      ip,
    }: Asked<'POST /v1/login/second-factor/{flow}/code'>): Promise<Reply> => {
      const asked = { at, factor: body.factor } as const;
      return { status: 202, body: await sendCode(await ready(), flowOf(path), asked, ip, clock()) };
    },
  };
}
