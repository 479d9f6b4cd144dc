import type { MiddlewareObj } from '@middy/core';
import { Refusal } from '../domain/refusal.ts';
import { negotiateLocale } from '../messages/negotiate-locale.ts';
import { OAuthRefusal } from '../oidc/oauth-refusal.ts';
import { type Contract, operationOf } from './contract.ts';
import { describeError, log } from './log.ts';
import { oauthErrorReply } from './oauth-error-reply.ts';
import { problemReply } from './problem-reply.ts';
import { type Reply, toResult } from './reply.ts';
import { type GatewayEvent, type GatewayResult, type Request, readEvent } from './request.ts';
import type { Runtime } from './runtime.ts';

/** What a failure is called outside: coded refusals as they are, anything unforeseen without a word about its inside. */
function asRefusal(error: unknown): Refusal | OAuthRefusal {
  return error instanceof Refusal || error instanceof OAuthRefusal ? error : new Refusal('internal', { cause: error });
}

/** The code under which the log has a failure. */
export function codeOf(error: unknown): string {
  const refusal = asRefusal(error);
  return refusal instanceof OAuthRefusal ? refusal.error : refusal.code;
}

/** Renders whatever an endpoint throws: problem details on the own API, OAuth error JSON on protocol endpoints. */
export function renderErrors(runtime: Runtime, contract: Contract): MiddlewareObj<GatewayEvent, GatewayResult> {
  const { brand, clock } = runtime;

  function render(request: Request, refusal: Refusal | OAuthRefusal): Reply | Promise<Reply> {
    if (refusal instanceof OAuthRefusal || operationOf(contract, request.routeKey)?.encoding === 'form')
      return oauthErrorReply(refusal);
    const locale = negotiateLocale(brand.locales, { acceptLanguage: request.headers['accept-language'] });
    return problemReply(refusal, request.id, locale);
  }

  return {
    onError: async (run) => {
      const request = readEvent(run.event, clock());
      const refusal = asRefusal(run.error);
      if (refusal.cause !== undefined) log('error', 'fault', { request: request.id, ...describeError(refusal.cause) });
      run.response = toResult(await render(request, refusal));
    },
  };
}
