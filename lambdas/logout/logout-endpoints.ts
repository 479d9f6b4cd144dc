import { originOf } from '../shared/domain/browser-session.ts';
import { seeOther } from '../shared/http/authorization-reply.tsx';
import { browserMark, csrfHolds, csrfToken } from '../shared/http/csrf.ts';
import { pageLocale } from '../shared/http/page-locale.ts';
import { formParameters, type Parameters, queryParameters } from '../shared/http/parameters.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Request } from '../shared/http/request.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { claimedSession, noSessionCookie } from '../shared/http/session-cookie.ts';
import { pageTexts } from '../shared/messages/page-texts.ts';
import { queryResponse } from '../shared/oidc/authorization-response.ts';
import { readIdTokenHint } from '../shared/oidc/id-token-hint.ts';
import { bind } from '../shared/store/bind.ts';
import { endBrowserSession, findBrowserSession } from '../shared/store/browser-session-store.ts';
import {
  checkLogoutRequest,
  type LogoutParameters,
  type LogoutRequest,
  readLogoutParameters,
} from './check-logout-request.ts';
import { type LogoutPageState, logoutPage } from './logout-page.tsx';
import { signOut } from './sign-out.ts';

/** The endpoints of RP-initiated logout, and of the person's answer to the question. */
export function logoutEndpoints(runtime: Runtime) {
  const { brand, issuer, random, clock, tables } = runtime;
  const store = bind(tables, { endBrowserSession, findBrowserSession });

  async function page(request: Request, state: LogoutPageState, status = 200): Promise<Reply> {
    const wishes = { chosen: request.query.locale, uiLocales: request.query.ui_locales, account: undefined };
    const locale = pageLocale(brand, request, wishes);
    return { status, ...logoutPage(brand, locale, await pageTexts(brand, locale), state) };
  }

  async function finish(request: Request, asked: LogoutRequest): Promise<Reply> {
    if (asked.subject) await signOut({ random, store }, asked.subject, clock());
    const { redirectUri, state } = asked;
    if (redirectUri === undefined) return { ...(await page(request, { show: 'done' })), cookies: [noSessionCookie] };
    const back = state === undefined ? redirectUri : queryResponse(redirectUri, { state });
    return seeOther(back, [noSessionCookie]);
  }

  async function check(request: Request, parameters: LogoutParameters) {
    const claimed = claimedSession(await runtime.sealing(), request.cookies);
    const { id_token_hint: shown } = parameters;
    const hint = shown === undefined ? undefined : await readIdTokenHint(shown, issuer, runtime.publicKeys);
    const browser = claimed && hint && (await store.findBrowserSession(claimed.user, claimed.session));
    return checkLogoutRequest(runtime.clients.find, parameters, hint, claimed, browser && originOf(browser));
  }

  async function begin(request: Request, { values, repeated }: Parameters): Promise<Reply> {
    const asked = await check(request, readLogoutParameters(values, repeated));
    if (asked.proven) return finish(request, asked);
    const { nonce, cookie } = browserMark(request, random);
    const csrf = csrfToken(await runtime.sealing(), nonce, request);
    const reply = await page(request, { show: 'ask', request: asked, csrf });
    return { ...reply, ...(cookie !== undefined && { cookies: [cookie] }) };
  }

  return {
    byQuery: (request: Request) => begin(request, queryParameters(request)),
    /** Browsers send no `Lax` cookie along with a client's form: whose session ends shows at the redirect after it. */
    byForm: async (request: Request): Promise<Reply> => {
      const { values, repeated } = formParameters(request);
      return seeOther(`/oauth2/logout?${new URLSearchParams(readLogoutParameters(values, repeated))}`);
    },
    /** The person's word: only from our own page, in the browser that it was shown in (WEB2). */
    confirm: async (request: Request<LogoutParameters & { readonly csrf?: string | undefined }>): Promise<Reply> => {
      const { nonce, cookie } = browserMark(request, random);
      const own = csrfHolds(await runtime.sealing(), nonce, request, request.body.csrf ?? '');
      if (cookie !== undefined || !own) {
        return { ...(await page(request, { show: 'crossed' }, 403)), audit: { code: 'cross_site_request' } };
      }
      return finish(request, await check(request, request.body));
    },
  };
}
