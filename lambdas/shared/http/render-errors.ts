import type { MiddlewareObj } from '@middy/core';
import type { Brand, Locale } from '../domain/brand.ts';
import { problemStatuses } from '../domain/problem.ts';
import { Refusal } from '../domain/refusal.ts';
import { negotiateLocale } from '../messages/negotiate-locale.ts';
import { AuthorizationRefusal } from '../oidc/authorization-refusal.ts';
import { OAuthRefusal } from '../oidc/oauth-refusal.ts';
import { type Contract, errorsOf, operationOf } from './contract.ts';
import { describeError, log } from './log.ts';
import { oauthErrorReply } from './oauth-error-reply.ts';
import { problemReply } from './problem-reply.ts';
import { type Reply, toResult } from './reply.ts';
import { type GatewayEvent, type GatewayResult, type Request, readEvent } from './request.ts';
import type { Runtime } from './runtime.ts';

/** What a failure is called outside: coded refusals as they are, anything unforeseen without a word about its inside. */
function asRefusal(error: unknown): Refusal | OAuthRefusal {
  if (error instanceof Refusal || error instanceof OAuthRefusal) return error;
  // Without a proven client the person gets the page of a malformed request (RFC 6749 section 4.1.2.1).
  if (error instanceof AuthorizationRefusal) return new Refusal('request_malformed');
  return new Refusal('internal', { cause: error });
}

/** The code under which the log has a failure. */
export function codeOf(error: unknown): string {
  const refusal = asRefusal(error);
  return refusal instanceof OAuthRefusal ? refusal.error : refusal.code;
}

/** Refusals that are a fault of ours or of what we rest on: these alone are worth an operator's eye. */
const levels: Readonly<Record<string, 'error' | 'warn'>> = {
  internal: 'error',
  server_error: 'error',
  unavailable: 'warn',
};

/** Renders a failure for a person; handed in by the functions that have pages, so that the others carry none. */
export type ErrorPage = (brand: Brand, locale: Locale, status: number, reference: string) => Promise<Reply>;

/**
 * Renders whatever an endpoint throws: problem details on the own API, OAuth error JSON on protocol endpoints, a page where
 * a person is looking.
 */
export function renderErrors(
  runtime: Runtime,
  contract: Contract,
  errorPage?: ErrorPage,
): MiddlewareObj<GatewayEvent, GatewayResult> {
  const { brand, clock } = runtime;

  async function render(request: Request, refusal: Refusal | OAuthRefusal): Promise<Reply> {
    const operation = operationOf(contract, request.routeKey);
    const shape = operation ? errorsOf(operation) : 'problem';
    if (refusal instanceof OAuthRefusal || shape === 'oauth') return oauthErrorReply(refusal);
    const locale = negotiateLocale(brand.locales, { acceptLanguage: request.headers['accept-language'] });
    if (shape === 'problem' || !errorPage) return problemReply(brand, refusal, request.id, locale);
    return errorPage(brand, locale, problemStatuses[refusal.code], request.id);
  }

  return {
    onError: async (run) => {
      const request = readEvent(run.event, clock());
      const refusal = asRefusal(run.error);
      const level = levels[codeOf(refusal)];
      if (level) log(level, 'fault', { request: request.id, ...describeError(refusal.cause) });
      run.response = toResult(await render(request, refusal));
    },
  };
}
