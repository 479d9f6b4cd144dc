import type { Client, Locale } from '../domain/brand.ts';
import { findClient, homeClient, isRegisteredId, journeyOrigins } from '../domain/clients.ts';
import { normaliseEmail } from '../domain/email-address.ts';
import { problemStatuses } from '../domain/problem.ts';
import { Refusal } from '../domain/refusal.ts';
import { AuthorizationRefusal } from '../oidc/authorization-refusal.ts';
import type { AuthorizationRequest } from '../oidc/authorization-request.ts';
import { openTicket, sealTicket } from '../oidc/ticket.ts';
import { challengePage } from '../pages/challenge-page.tsx';
import { crossedPage } from '../pages/crossed-page.tsx';
import { endedPage } from '../pages/ended-page.tsx';
import { renderPage } from '../pages/render-page.tsx';
import type { Mistakes, PageContent, View } from '../pages/view.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { seeOther } from './authorization-reply.tsx';
import { browserMark, csrfHolds, csrfToken } from './csrf.ts';
import { openForm, sealForm } from './held-form.ts';
import { type Journey, openJourney, sealJourney, type TextedJourney } from './page-journey.ts';
import { localeCookie, pageLocale } from './page-locale.ts';
import { type FieldIds, mistakesOf } from './page-mistakes.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import { addressMark } from './request-log.ts';
import type { Runtime } from './runtime.ts';

/** Where a page leads, and what the next one is told. */
export interface Next {
  readonly journey?: Omit<Journey, 'at'> | Omit<TextedJourney, 'at'>;
  readonly cookies?: readonly string[];
  /** Something that the next page says, by its id. */
  readonly notice?: string;
  /** A request that the person has answered in part. */
  readonly asked?: AuthorizationRequest;
  /** The page of the account that the person comes back to after a sign-in. */
  readonly back?: string;
  /** The way of proving that the next page is about, where there are several. */
  readonly factor?: string;
}

/** A page as its endpoint makes it: from the view, with whatever was wrong in it. */
export type Draw = (view: View) => PageContent;

/** One request for a page or from one: who asks, for which client, in which language, and what comes next. */
export interface Visit {
  readonly request: Request;
  readonly sealing: SealingRing;
  /** The mark of the browser, that forms are bound to. */
  readonly browser: string;
  /** Milliseconds. */
  readonly now: number;
  /** Where the page stands. */
  readonly path: string;
  readonly locale: Locale;
  /** The client of the authorization request; the brand's own where the person came by himself. */
  readonly client: Client;
  readonly asked: AuthorizationRequest | undefined;
  readonly journey: Journey | undefined;
  /** In place of `journey`, where a number is all that is known. */
  readonly texted: TextedJourney | undefined;
  /** Fields of the form, or parameters of the query. */
  readonly said: Readonly<Record<string, string>>;
  readonly show: (draw: Draw, mistakes?: Mistakes, status?: number) => Promise<Reply>;
  /** The page again, with a refusal in words; other failures go on to the error page. */
  readonly again: (draw: Draw, error: unknown, ids: FieldIds) => Promise<Reply>;
  readonly goTo: (path: string, next?: Next) => Reply;
  /** After the last page: back into the authorization request, or to the account. */
  readonly finish: (next?: Next) => Reply;
  /** The same visit in the language of an account. */
  readonly of: (account: Locale) => Visit;
}

function textsOf(body: unknown): Readonly<Record<string, string>> | undefined {
  return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, string>>) : undefined;
}

const none: Mistakes = { fields: {} };

/** Seconds after which a form that asked for work is likely to go through without: the window of most limits. */
const patience = 900;

const pathOf = ({ routeKey }: Request) => routeKey.slice(routeKey.indexOf(' ') + 1);

/** A page of the account, by its own path alone: nothing else is ever gone back to (WEB3). */
const backTo = (path: string | undefined) => (/^(\/account)(\/[a-z-]+)+$/.test(path ?? '') ? path : undefined);

/** Lets endpoints of hosted pages be written as what they do: reading, guarding, drawing and redirecting are done here. */
export function hostedPages(runtime: Runtime) {
  const { brand, clock, random } = runtime;

  function openVisit(request: Request, sealing: SealingRing, path: string, account: Locale | undefined): Visit {
    const now = clock();
    const mark = browserMark(request, random);
    const place = { browser: mark.nonce, path: pathOf(request) };
    const sent = textsOf(request.body) ?? request.query;
    const said = sent.held ? { ...openForm(sealing, place, sent.held, now), ...sent } : sent;
    const asked = said.ticket ? openTicket(sealing, said.ticket, now) : undefined;
    // One that registered itself is a name on the page; the person signs in to the brand.
    const isOwn = asked !== undefined && !isRegisteredId(asked.clientId);
    const client = isOwn ? findClient(brand, asked.clientId) : homeClient(brand);
    if ((said.ticket && !asked) || !client) {
      throw new AuthorizationRefusal('invalid_request', 'the request is over, start again at the application');
    }
    const opened = openJourney(sealing, said.journey ?? '', now);
    const journey = opened && 'email' in opened ? opened : undefined;
    const texted = opened && 'phone' in opened ? opened : undefined;
    const locale = pageLocale(brand, request, { chosen: said.locale, uiLocales: asked?.uiLocales, account });
    const chosen = said.locale === locale ? locale : undefined;
    const back = backTo(said.back);

    const carry = (next: Next, language: Locale | undefined) => {
      const { notice, factor } = next;
      const onward = next.journey ? sealJourney(sealing, { ...next.journey, at: now }) : undefined;
      // A language that was chosen is from now on what the request asks for, on whatever page it goes on.
      const onto = next.asked ?? asked;
      const ticket = onto && sealTicket(sealing, language ? { ...onto, uiLocales: language } : onto);
      const pairs = { ticket, journey: onward, locale: language, notice, factor, back: next.back ?? back };
      return Object.entries(pairs).filter((pair): pair is [string, string] => Boolean(pair[1]));
    };
    const url = (to: string, next: Next, language = chosen) => {
      const query = new URLSearchParams(carry(next, language)).toString();
      return query ? `${to}?${query}` : to;
    };
    const here: Next = opened ? { journey: opened } : {};
    // What the link of a mail says goes along into the other language; what a form said never stands in a link.
    const linked = textsOf(request.body) ? {} : request.query;
    const inLanguage = (other: Locale) =>
      `${path}?${new URLSearchParams({ ...linked, ...Object.fromEntries(carry(here, other)) })}`;

    const show: Visit['show'] = async (draw, mistakes = none, status = 200) => {
      const { pageVoice } = await import('../messages/page-voice.ts');
      const say = await pageVoice(brand, locale);
      const carried = [['csrf', csrfToken(sealing, mark.nonce, request)] as const, ...carry(here, chosen)];
      const link = (to: string) => url(to, here);
      const { selfRegistered } = asked ?? {};
      const named = { clientName: selfRegistered ?? client.name, selfRegistered: selfRegistered !== undefined };
      const view = { brand, locale, say, ...named, carried, link, mistakes };
      const { title, content, wide, script } = draw(view);
      // The journey of a device ends here.
      const leaves = asked !== undefined && asked.userCode === undefined;
      const leadsTo = leaves ? journeyOrigins(brand, asked.clientId, asked.redirectUri) : [];
      const failed = mistakes.summary !== undefined || Object.keys(mistakes.fields).length > 0;
      const page = renderPage({
        brand,
        locale,
        title: failed ? `${say('form.error')}: ${title}` : title,
        content,
        wide,
        script,
        leadsTo,
        languages: {
          label: say('layout.language'),
          offered: brand.locales.offered,
          href: inLanguage,
        },
      });
      const cookies = [mark.cookie, chosen && localeCookie(chosen)].filter((cookie) => cookie !== undefined);
      return { status, ...page, ...(cookies.length > 0 && { cookies }) };
    };

    /** The page that does the work which a refusal asks for, and then sends the form again. */
    const work = ({ details }: Refusal): Draw | undefined => {
      const { members: { challenge } = {}, retryAfter = patience } = details;
      if (challenge === undefined) return undefined;
      const held = sealForm(sealing, place, said, now);
      const state = { action: place.path, challenge, held, minutes: Math.ceil(retryAfter / 60) };
      return (view) => challengePage(view, { ...state, offersCode: place.path === '/sign-in/password' });
    };

    return {
      request,
      sealing,
      browser: mark.nonce,
      now,
      path,
      locale,
      client,
      asked,
      journey,
      texted,
      said,
      show,
      again: async (draw, error, ids) => {
        if (!(error instanceof Refusal)) throw error;
        const status = problemStatuses[error.code];
        if (status >= 500) throw error;
        const { retryAfter } = error.details;
        const mistakes = await mistakesOf(brand, error, locale, ids);
        const drawn = error.code === 'flow_expired' ? endedPage(path) : (work(error) ?? draw);
        // RFC 9110 section 15.5.2: a 401 carries a challenge, which a form is not.
        const reply = await show(drawn, drawn === draw ? mistakes : none, status === 401 ? 400 : status);
        const headers = { ...reply.headers, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) };
        return { ...reply, headers, audit: { code: error.code } };
      },
      goTo: (to, next = {}) => seeOther(url(to, next), next.cookies),
      finish: (next = {}) => {
        const onward = asked ? '/oauth2/authorize/continue' : (back ?? '/account');
        return seeOther(url(onward, { ...next, back: '' }), next.cookies);
      },
      of: (locale) => openVisit(request, sealing, path, locale),
    };
  }

  const visitOf = async (request: Request, page = pathOf(request)) =>
    openVisit(request, await runtime.sealing(), page, undefined);

  /** Lets the log line say which application and address a page was about, as those of the JSON journeys do (LG3). */
  function marked({ said, journey, sealing, client }: Visit, reply: Reply): Reply {
    const email = journey?.email ?? normaliseEmail(said.username ?? '');
    const address = email === undefined ? {} : { address: addressMark(sealing, email) };
    return { ...reply, audit: { client: client.id, ...address, ...reply.audit } };
  }

  return {
    /** A page that is asked for; nothing changes (VC7, WEB5). */
    ask: (act: (visit: Visit) => Promise<Reply>) => async (request: Request) => {
      const visit = await visitOf(request);
      return marked(visit, await act(visit));
    },

    /**
     * A form that is sent, by our own page as every one: only in the browser that it was made for (WEB2).
     * @param page where the form stands, if not at the path that it is sent to
     */
    take: (act: (visit: Visit) => Promise<Reply>, page?: string) => async (request: Request) => {
      const visit = await visitOf(request, page);
      const { nonce, cookie } = browserMark(request, random);
      if (cookie === undefined && csrfHolds(visit.sealing, nonce, request, visit.said.csrf ?? '')) {
        return marked(visit, await act(visit));
      }
      return { ...(await visit.show(crossedPage, none, 403)), audit: { code: 'cross_site_request' } };
    },
  };
}
