import type { OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import { isFlowId } from '../shared/domain/id.ts';
import { offersPasskeys } from '../shared/domain/passkey.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { atBrowser, followEntry } from '../shared/http/browser-sign-in.ts';
import { codeEntry, emailEntry, passwordEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import { passkeyQuestion } from '../shared/http/passkey-question.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { codePage } from '../shared/pages/code-page.tsx';
import { passwordPage } from './password-page.tsx';
import { type CodeDeps, proveCode } from './prove-code.ts';
import { type PasswordDeps, provePassword } from './prove-password.ts';
import { noticeOf, signInPage } from './sign-in-page.tsx';
import { startCodeSignIn } from './start-code-sign-in.ts';

/** What the pages share with the JSON journeys: the same checks, the same stores. */
export interface SignInDeps extends Omit<PasswordDeps, 'sealing' | 'store'>, Pick<OpenFlowDeps, 'untilWindowEnds'> {
  readonly store: PasswordDeps['store'] & CodeDeps['store'] & OpenFlowDeps['store'];
}

/** The recovery that a leaked password leads into (LOG6). */
function recoveryFlow(error: unknown) {
  if (!(error instanceof Refusal) || error.code !== 'password_change_required') return undefined;
  const flow = String(error.details.members?.flow);
  return isFlowId(flow) ? flow : undefined;
}

/** The pages of sign-in: the address first, then its password, or a code by mail. */
export function signInEndpoints(runtime: Runtime, deps: SignInDeps) {
  const { ask, take } = hostedPages(runtime);
  const minutes = Math.floor(runtime.brand.lifetimes.code / 60);

  const address = (visit: Visit, username: string): Draw => {
    const passkeys = offersPasskeys(runtime.brand) ? passkeyQuestion(runtime, visit) : undefined;
    return (view) => signInPage(view, { username, notice: noticeOf(visit.said.notice), passkeys });
  };

  const password =
    (email: string): Draw =>
    (view) =>
      passwordPage(view, email);

  const code =
    (email: string): Draw =>
    (view) =>
      codePage(view, {
        lead: view.say('sign_in_code.lead', { email, minutes }),
        action: '/sign-in/code',
        resend: '/sign-in/code/start',
        button: view.say('password.button'),
      });

  return {
    'GET /sign-in': ask(async (visit) =>
      visit.show(address(visit, visit.journey?.email ?? visit.asked?.loginHint ?? '')),
    ),

    'POST /sign-in': take(async (visit) => {
      const { said, again, goTo } = visit;
      try {
        return goTo('/sign-in/password', { journey: { email: emailEntry(said.username) } });
      } catch (error) {
        return again(address(visit, said.username ?? ''), error, { username: 'username' });
      }
    }),

    'GET /sign-in/password': ask(async ({ show, journey, goTo }) =>
      journey ? show(password(journey.email)) : goTo('/sign-in'),
    ),

    'POST /sign-in/password': take(async (visit) => {
      const { journey, said, sealing, request, client, now, again, goTo } = visit;
      if (!journey) return goTo('/sign-in');
      const { email } = journey;
      try {
        const input = { email, password: passwordEntry(said.password) };
        const caller = { ...signInCaller(sealing, request, visit.locale, now), proof: said.proof };
        const proven = await provePassword({ ...deps, sealing }, input, atBrowser(client), caller, now);
        return followEntry(runtime, visit, proven);
      } catch (error) {
        const flow = recoveryFlow(error);
        if (flow)
          return {
            ...goTo('/recover/password', { journey: { email, flow }, notice: 'leaked' }),
            audit: { code: 'password_change_required' },
          };
        return again(password(email), error, { password: 'password' });
      }
    }),

    'POST /sign-in/code/start': take(async ({ journey, said, sealing, request, client, locale, now, again, goTo }) => {
      if (!journey) return goTo('/sign-in');
      const { email } = journey;
      const caller = { ip: request.ip, acceptLanguage: request.headers['accept-language'], proof: said.proof };
      try {
        const { flow } = await startCodeSignIn({ ...deps, sealing }, { client, email, locale }, caller, now);
        return goTo('/sign-in/code', { journey: { email, ...(isFlowId(flow) && { flow }) } });
      } catch (error) {
        return again(journey.flow ? code(email) : password(email), error, {});
      }
    }, '/sign-in/password'),

    'GET /sign-in/code': ask(async ({ show, journey, goTo }) =>
      journey?.flow ? show(code(journey.email)) : goTo('/sign-in'),
    ),

    'POST /sign-in/code': take(async (visit) => {
      const { journey, said, sealing, request, now, again, goTo } = visit;
      if (!journey?.flow) return goTo('/sign-in');
      try {
        const given = codeEntry(said.code);
        const caller = signInCaller(sealing, request, visit.locale, now);
        const proven = await proveCode({ ...deps, sealing }, journey.flow, given, atBrowser, caller, now);
        return followEntry(runtime, visit, proven);
      } catch (error) {
        return again(code(journey.email), error, { code: 'code' });
      }
    }),
  };
}
