import type { OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import { isFlowId } from '../shared/domain/id.ts';
import { browserHash } from '../shared/domain/mailed-link.ts';
import { maskedNumber, type ParsedNumber, parseNumber } from '../shared/domain/phone-number.ts';
import { type ResendDeps, resendCode } from '../shared/domain/resend-code.ts';
import { textCounters } from '../shared/domain/text-counters.ts';
import { followEntry, onPages } from '../shared/http/browser-sign-in.ts';
import { browserMark } from '../shared/http/csrf.ts';
import { codeEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { openCaller, signInCaller } from '../shared/http/sign-in-caller.ts';
import { codePage } from '../shared/pages/code-page.tsx';
import { endedPage } from '../shared/pages/ended-page.tsx';
import type { Counter } from '../shared/store/rate-store.ts';
import { elsewherePage, linkPage } from './link-page.tsx';
import { type LinkDeps, openLink } from './open-link.ts';
import { type CodeDeps, proveCode } from './prove-code.ts';
import { startCodeSignIn, startTextSignIn } from './start-code-sign-in.ts';

/** What the pages of codes are made of. */
export interface CodePageDeps
  extends Omit<CodeDeps, 'sealing' | 'store'>,
    Pick<OpenFlowDeps, 'untilWindowEnds' | 'work'> {
  readonly store: CodeDeps['store'] & OpenFlowDeps['store'] & ResendDeps['store'] & LinkDeps['store'];
}

const at = 'browser';
const callerFrom = ({ sealing, request, locale, now }: Visit) => signInCaller(sealing, request, locale, now);
const callerOf = ({ sealing, request, said, now }: Visit) => openCaller(sealing, request, said.proof, now);

/** Texts a code to a number, and goes on to the page that asks for it. @throws Refusal `too_many_requests`, `unavailable` */
export async function startByText(deps: CodePageDeps, visit: Visit, phone: ParsedNumber): Promise<Reply> {
  const { sealing, client, locale, now, goTo } = visit;
  const { flow } = await startTextSignIn({ ...deps, sealing }, { at, client, phone, locale }, callerOf(visit), now);
  return goTo('/sign-in/code', { journey: { phone: phone.number, ...(isFlowId(flow) && { flow }) } });
}

/** The pages of sign-in by a code, by mail or by text, and by the link beside a mailed one. */
export function codeEndpoints(runtime: Runtime, deps: CodePageDeps) {
  const { brand, random } = runtime;
  const { ask, take } = hostedPages(runtime);
  const minutes = Math.floor(brand.lifetimes.code / 60);
  const browserOf = ({ sealing, request }: Visit) => browserHash(sealing.mac, browserMark(request, random).nonce);

  const code =
    ({ journey, texted }: Visit): Draw =>
    (view) =>
      codePage(view, {
        lead: texted
          ? view.say('text_code.lead', { number: maskedNumber(texted.phone), minutes })
          : view.say('sign_in_code.lead', { email: journey?.email ?? '', minutes }),
        action: '/sign-in/code',
        resend: '/sign-in/code/start',
        button: view.say('password.button'),
      });

  /** A new code in the place of the one before, where this browser has asked for one (VC6). */
  async function renewed(visit: Visit, also: readonly Counter[] = []) {
    const { journey, texted, sealing, now, goTo } = visit;
    const going = journey ?? texted;
    if (!going?.flow) return undefined;
    const resending = { purpose: 'login-code', at, caller: callerOf(visit), also } as const;
    const resent = await resendCode({ ...deps, sealing }, going.flow, resending, now);
    return resent && goTo('/sign-in/code', { journey: going });
  }

  async function start(visit: Visit): Promise<Reply> {
    const { journey, texted, asked, sealing, request, client, locale, now, goTo } = visit;
    const { sms } = brand.authentication;
    if (texted) {
      const phone = await parseNumber(texted.phone, sms);
      if (!phone || !sms) return goTo('/sign-in');
      return (await renewed(visit, textCounters(sms, sealing, request.ip))) ?? startByText(deps, visit, phone);
    }
    if (!journey) return goTo('/sign-in');
    const again = await renewed(visit);
    if (again) return again;
    const { email } = journey;
    const from = { browser: browserOf(visit), asked, back: visit.said.back };
    const { flow } = await startCodeSignIn(
      { ...deps, sealing },
      { at, client, email, locale, from },
      callerOf(visit),
      now,
    );
    return goTo('/sign-in/code', { journey: { email, ...(isFlowId(flow) && { flow }) } });
  }

  return {
    'POST /sign-in/code/start': take(async (visit) => {
      try {
        return await start(visit);
      } catch (error) {
        return visit.again(code(visit), error, {});
      }
    }, '/sign-in/password'),

    'GET /sign-in/code': ask(async (visit) => {
      const { journey, texted, show, goTo } = visit;
      return (journey ?? texted)?.flow ? show(code(visit)) : goTo('/sign-in');
    }),

    'POST /sign-in/code': take(async (visit) => {
      const { journey, texted, said, sealing, now, again, goTo } = visit;
      const flow = (journey ?? texted)?.flow;
      if (!flow) return goTo('/sign-in');
      try {
        const given = { code: codeEntry(said.code) };
        const caller = callerFrom(visit);
        return followEntry(
          runtime,
          visit,
          await proveCode({ ...deps, sealing }, flow, given, onPages(visit), caller, now),
        );
      } catch (error) {
        return again(code(visit), error, { code: 'code' });
      }
    }),

    /** Twice: with the link's own proof, and then with it sealed, so that it stands in no address bar and no history. */
    'GET /sign-in/link': ask(async (visit) => {
      const { journey, said, sealing, now, show, goTo } = visit;
      if (journey?.link) return show((view) => linkPage(view, journey.email));
      const found = await openLink({ ...deps, sealing }, said.flow ?? '', said.token ?? '', now);
      if (!found) return show(endedPage('/sign-in'), undefined, 410);
      if (found.browser !== browserOf(visit)) return show(elsewherePage);
      const { email, flow, asked, back } = found;
      const onward = { ...(asked && { asked }), ...(back && { back }) };
      return goTo('/sign-in/link', { journey: { email, flow, link: said.token ?? '' }, ...onward });
    }),

    'POST /sign-in/link': take(async (visit) => {
      const { journey, sealing, now, again, goTo } = visit;
      if (!journey?.flow || !journey.link) return goTo('/sign-in');
      const { email, flow, link } = journey;
      try {
        const given = { link, browser: browserOf(visit) };
        const caller = callerFrom(visit);
        return followEntry(
          runtime,
          visit,
          await proveCode({ ...deps, sealing }, flow, given, onPages(visit), caller, now),
        );
      } catch (error) {
        return again((view) => linkPage(view, email), error, {});
      }
    }),
  };
}
