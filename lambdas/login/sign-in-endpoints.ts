import { isFlowId } from '../shared/domain/id.ts';
import { offersPasskeys } from '../shared/domain/passkey.ts';
import { looksLikeNumber } from '../shared/domain/phone-number.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { followEntry, onPages } from '../shared/http/browser-sign-in.ts';
import { emailEntry, passwordEntry, phoneEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import { passkeyQuestion } from '../shared/http/passkey-question.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { type CodePageDeps, startByText } from './code-endpoints.ts';
import { passwordPage } from './password-page.tsx';
import { type PasswordDeps, provePassword } from './prove-password.ts';
import { noticeOf, signInPage } from './sign-in-page.tsx';

/** What the pages share with the JSON journeys: the same checks, the same stores. */
export interface SignInDeps extends Omit<PasswordDeps, 'sealing' | 'store'>, Omit<CodePageDeps, 'store'> {
  readonly store: PasswordDeps['store'] & CodePageDeps['store'];
}

/** The recovery that a leaked password leads into (LOG6). */
function recoveryFlow(error: unknown) {
  if (!(error instanceof Refusal) || error.code !== 'password_change_required') return undefined;
  const flow = String(error.details.members?.flow);
  return isFlowId(flow) ? flow : undefined;
}

/** The pages of sign-in: the address first, then its password; or a number, and at once a code to it. */
export function signInEndpoints(runtime: Runtime, deps: SignInDeps) {
  const { ask, take } = hostedPages(runtime);
  const { sms } = runtime.brand.authentication;
  const texts = sms?.firstFactor ? sms : undefined;

  const address = (visit: Visit, username: string): Draw => {
    const passkeys = offersPasskeys(runtime.brand) ? passkeyQuestion(runtime, visit) : undefined;
    const notice = noticeOf(visit.said.notice);
    return (view) => signInPage(view, { username, notice, passkeys, numbers: texts !== undefined });
  };

  const password =
    (email: string): Draw =>
    (view) =>
      passwordPage(view, email);

  return {
    'GET /sign-in': ask(async (visit) =>
      visit.show(address(visit, visit.journey?.email ?? visit.asked?.loginHint ?? '')),
    ),

    'POST /sign-in': take(async (visit) => {
      const { said, again, goTo } = visit;
      try {
        if (texts && looksLikeNumber(said.username ?? '')) {
          return await startByText(deps, visit, await phoneEntry(said.username, texts, 'username'));
        }
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
        const proven = await provePassword({ ...deps, sealing }, input, onPages(visit).entranceOf(client), caller, now);
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
  };
}
