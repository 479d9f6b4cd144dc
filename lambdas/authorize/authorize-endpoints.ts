import { authorizationReply, seeOther } from '../shared/http/authorization-reply.tsx';
import { clientCheck } from '../shared/http/known-client.ts';
import { formParameters, type Parameters, queryParameters } from '../shared/http/parameters.ts';
import { nextNonce, provenKey } from '../shared/http/proven-key.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { claimedSession } from '../shared/http/session-cookie.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import type { PresentedParameters } from '../shared/oidc/client-authentication.ts';
import { verifyIdTokenHint } from '../shared/oidc/id-token-hint.ts';
import { openTicket, sealTicket } from '../shared/oidc/ticket.ts';
import { findSaid } from '../shared/store/agreement-store.ts';
import { bind } from '../shared/store/bind.ts';
import { findBrowserSession, touchBrowserSession } from '../shared/store/browser-session-store.ts';
import { findCredentials } from '../shared/store/credential-store.ts';
import {
  keepPushedRequest,
  pushedRequestKey,
  takePushedRequest as take,
} from '../shared/store/pushed-request-store.ts';
import { untilWindowEnds } from '../shared/store/rate-store.ts';
import { beginSession } from '../shared/store/session-store.ts';
import { findUser } from '../shared/store/user-store.ts';
import { authorize } from './authorize.ts';
import { checkAuthorizationRequest } from './check-authorization-request.ts';
import { pushRequest } from './push-request.ts';
import { type Known, readKnown } from './read-known.ts';
import { pointsToPushed, takePushedRequest } from './take-pushed-request.ts';

/** Where the person passes each step; every page takes the sealed request along. */
const pages = {
  'sign-up': '/sign-up',
  'sign-in': '/sign-in',
  'choose-account': '/choose-account',
  purposes: '/purposes',
  consent: '/consent',
  device: '/device/confirm',
  'step-up': '/sign-in/second-factor',
  enrol: '/account/security',
} as const;

/** The endpoints of an authorization request: by query, by form, and again after each page. */
export function authorizeEndpoints(runtime: Runtime) {
  const { brand, issuer, random, clock, tables } = runtime;
  const { find: findClient } = runtime.clients;
  const sessionVerbs = { findBrowserSession, touchBrowserSession, beginSession };
  const requestVerbs = { keepPushedRequest, takePushedRequest: take };
  const store = bind(tables, { ...sessionVerbs, ...requestVerbs, findUser, findSaid, findCredentials });
  const knownClient = clientCheck(runtime);
  const verifyHint = (token: string) => verifyIdTokenHint(token, issuer, runtime.publicKeys);
  const checks = { brand, findClient, verifyHint };

  /** Answers the client where it is proven; else the person gets the page that `errors: 'page'` renders. */
  async function toClient(request: Request, act: () => Promise<Reply>): Promise<Reply> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AuthorizationRefusal) || !error.target) throw error;
      const locale = negotiateLocale(brand.locales, { acceptLanguage: request.headers['accept-language'] });
      const said = { error: error.error, error_description: error.description };
      return authorizationReply(issuer, brand, locale, error.target, said);
    }
  }

  const known = async ({ cookies }: Request) =>
    readKnown(store, claimedSession(await runtime.sealing(), cookies), clock());

  async function proceed(request: Request, asked: AuthorizationRequest, seen?: Known): Promise<Reply> {
    const sealing = await runtime.sealing();
    const { ip, userAgent, headers } = request;
    const deps = { brand, findClient, random, sealing, store };
    const person = seen ?? (await known(request));
    const outcome = await authorize(deps, asked, person, { ip, userAgent }, clock());
    if (outcome.step !== 'issue') {
      return seeOther(`${pages[outcome.step]}?${new URLSearchParams({ ticket: sealTicket(sealing, asked) })}`);
    }
    const locale = negotiateLocale(brand.locales, {
      requested: asked.uiLocales?.split(' '),
      acceptLanguage: headers['accept-language'],
    });
    return authorizationReply(issuer, brand, locale, asked, { code: outcome.code });
  }

  /** What the parameters ask for: checked here, or when they were pushed. */
  async function read(parameters: Parameters): Promise<AuthorizationRequest> {
    if (!pointsToPushed(parameters)) return checkAuthorizationRequest(checks, parameters, clock());
    const deps = { sealing: await runtime.sealing(), pushedRequestKey, store };
    return takePushedRequest(deps, parameters, clock());
  }

  async function begin(request: Request, parameters: Parameters): Promise<Reply> {
    if (!pointsToPushed(parameters)) return proceed(request, await read(parameters));
    // Side by side: the taking decides whether what was read is looked at.
    const [asked, seen] = await Promise.allSettled([read(parameters), known(request)]);
    if (asked.status === 'rejected') throw asked.reason;
    if (seen.status === 'rejected') throw seen.reason;
    return proceed(request, asked.value, seen.value);
  }

  const goOnWith = async (asked: AuthorizationRequest) => {
    const ticket = sealTicket(await runtime.sealing(), asked);
    return seeOther(`/oauth2/authorize/continue?${new URLSearchParams({ ticket })}`);
  };

  return {
    byQuery: (request: Request) => toClient(request, () => begin(request, queryParameters(request))),
    /**
     * OIDC Core section 3.1.2.1. Browsers send no `Lax` cookie along with a client's form, so who is signed in shows at the
     * redirect after it, which is a GET; and a script that sends one reads nothing about anybody (OP8).
     */
    byForm: (request: Request) => toClient(request, async () => goOnWith(await read(formParameters(request)))),
    push: async (request: Request<PresentedParameters>): Promise<Reply> => {
      const client = await knownClient(request);
      const [sealing, key] = await Promise.all([runtime.sealing(), provenKey(runtime, request, client)]);
      const deps = { ...checks, random, sealing, pushedRequestKey, untilWindowEnds, store, key };
      const body = await pushRequest(deps, client, formParameters(request), request.ip, clock());
      return { status: 201, headers: await nextNonce(runtime, key), body, audit: { client: client.id } };
    },
    goOn: async (request: Request): Promise<Reply> => {
      const asked = openTicket(await runtime.sealing(), request.query.ticket ?? '', clock());
      if (!asked)
        throw new AuthorizationRefusal('invalid_request', 'the request is over, start again at the application');
      return toClient(request, () => proceed(request, asked));
    },
  };
}
