import { signClientIn } from '../shared/http/client-sign-in.ts';
import type { BodyOf } from '../shared/http/contract.ts';
import { flowOf } from '../shared/http/fields.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { type AskDeps, askForPasskey } from './ask-for-passkey.ts';
import type { contract } from './contract.ts';
import { proveSecondFactor, type SecondFactorDeps } from './prove-second-factor.ts';
import { type SendDeps, sendCode } from './send-code.ts';

type Asked<Route extends keyof typeof contract> = Request<BodyOf<(typeof contract)[Route]>>;

/** What JSON journeys and pages share: the same checks, the same stores. */
export type PassingDeps = Omit<SecondFactorDeps & SendDeps & AskDeps, 'sealing' | 'store'> & {
  readonly store: SecondFactorDeps['store'] & SendDeps['store'] & AskDeps['store'];
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
      const locale = negotiateLocale(brand.locales, { acceptLanguage: headers['accept-language'] });
      const text = body.factor === 'passkey' ? JSON.stringify(body.credential) : body.code;
      const factor = { at, factor: body.factor, text } as const;
      return signClientIn(runtime, request, now, (sealing) => {
        const caller = { ...signInCaller(sealing, request, locale, now), proof: body.proof };
        return proveSecondFactor({ ...given, sealing }, flowOf(path), factor, caller, now);
      });
    },

    'POST /v1/login/second-factor/{flow}/passkey': async ({ path }: Request): Promise<Reply> => {
      return { status: 200, body: await askForPasskey(await ready(), flowOf(path), at, clock()) };
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
