import type { OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { isFlowId } from '../shared/domain/id.ts';
import { provenNotMe } from '../shared/domain/not-me.ts';
import { offersPasskeys } from '../shared/domain/passkey.ts';
import type { CommonPasswords } from '../shared/domain/password-policy.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { type ResendDeps, resendCode } from '../shared/domain/resend-code.ts';
import { codeEntry, emailEntry, passwordEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Next, type Visit } from '../shared/http/page-visit.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { guessOrigin, openCaller } from '../shared/http/sign-in-caller.ts';
import { type DisownDeps, disownSignIn } from './disown-sign-in.ts';
import { newPasswordPage } from './new-password-page.tsx';
import { notMeOverPage, notMePage } from './not-me-page.tsx';
import { recoveryPage } from './recovery-page.tsx';
import { type RecoveryDeps, setRecoveredPassword } from './set-recovered-password.ts';
import { startRecovery } from './start-recovery.ts';

/** What the pages share with the JSON journeys. */
interface Deps
  extends Pick<RecoveryDeps, 'hashPassword' | 'isBreached'>,
    Pick<OpenFlowDeps, 'untilWindowEnds' | 'work'>,
    Pick<DisownDeps, 'open' | 'seal'> {
  readonly commonPasswords: () => Promise<CommonPasswords>;
  readonly store: OpenFlowDeps['store'] & ResendDeps['store'] & RecoveryDeps['store'] & DisownDeps['store'];
}

/** The pages of recovery: the address, then the mailed code with a new password. Nobody is signed in by it (REC4). */
export function recoveryEndpoints(runtime: Runtime, pageDeps: Deps) {
  const { brand, clock, random } = runtime;
  const { ask, take } = hostedPages(runtime);
  const deps = { ...pageDeps, brand, clock, random };
  const minutes = Math.floor(brand.lifetimes.recoveryCode / 60);
  const at = 'browser' as const;
  /** Where the owner looks through what may sign in, once they are back. */
  const back = offersPasskeys(brand) ? '/account/security/passkeys' : '/account/security';

  const address =
    (username: string): Draw =>
    (view) =>
      recoveryPage(view, username);

  const password =
    (
      email: string,
      { code = '', notice }: { readonly code?: string; readonly notice?: string | undefined } = {},
    ): Draw =>
    (view) =>
      newPasswordPage(view, { email, minutes, code, notice });

  const callerOf = ({ sealing, request, said, now }: Visit) => openCaller(sealing, request, said.proof, now);

  async function start(visit: Visit, email: EmailAddress, next: Pick<Next, 'notice' | 'back'> = {}) {
    const { sealing, client, locale, now, goTo } = visit;
    const caller = callerOf(visit);
    const { flow } = await startRecovery({ ...deps, sealing }, { at, client, email, locale }, caller, now);
    const journey = { email, ...(isFlowId(flow) && { flow }) };
    return goTo('/recover/password', { journey, ...next });
  }

  return {
    'GET /recover': ask(async ({ show, journey, asked }) => show(address(journey?.email ?? asked?.loginHint ?? ''))),

    'POST /recover': take(async (visit) => {
      const { said, again } = visit;
      try {
        return await start(visit, emailEntry(said.username));
      } catch (error) {
        return again(address(said.username ?? ''), error, { username: 'username' });
      }
    }),

    'POST /recover/resend': take(async (visit) => {
      const { journey, sealing, now, again, goTo } = visit;
      if (!journey) return goTo('/recover');
      const { email, flow } = journey;
      try {
        const resending = { purpose: 'recovery', at, caller: callerOf(visit) } as const;
        const resent = flow && (await resendCode({ ...deps, sealing }, flow, resending, now));
        return resent ? goTo('/recover/password', { journey }) : await start(visit, email);
      } catch (error) {
        return again(password(email), error, {});
      }
    }, '/recover/password'),

    'GET /recover/not-me': ask(async ({ show, said, sealing, now }) => {
      if (!provenNotMe(sealing.mac, said, now)) return show(notMeOverPage, undefined, 404);
      const { user = '', session = '', at = '', token = '' } = said;
      return show((view) => notMePage(view, { user, session, at, token }));
    }),

    'POST /recover/not-me': take(async (visit) => {
      const { said, sealing, now, show, goTo } = visit;
      const proven = provenNotMe(sealing.mac, said, now);
      const email = proven && (await disownSignIn({ ...deps, sealing }, proven));
      if (!email) return show(notMeOverPage, undefined, 410);
      const audit = { sub: proven.user };
      try {
        return { ...(await start(visit, email, { notice: 'disowned', back })), audit };
      } catch (error) {
        // Signed out they are; who may not ask for another code now finds the way to it.
        if (!(error instanceof Refusal)) throw error;
        return { ...goTo('/recover', { journey: { email }, back }), audit: { ...audit, code: error.code } };
      }
    }),

    'GET /recover/password': ask(async ({ show, said, journey, goTo }) =>
      journey?.flow ? show(password(journey.email, { notice: said.notice })) : goTo('/recover'),
    ),

    'POST /recover/password': take(async ({ journey, said, sealing, request, now, again, goTo }) => {
      if (!journey?.flow) return goTo('/recover');
      const { email, flow } = journey;
      try {
        const input = { at, code: codeEntry(said.code), password: passwordEntry(said.password) } as const;
        const isCommon = await deps.commonPasswords();
        const sub = await setRecoveredPassword({ ...deps, sealing, isCommon }, flow, input, guessOrigin(request), now);
        return { ...goTo('/sign-in', { journey: { email }, notice: 'recovered' }), audit: { sub } };
      } catch (error) {
        return again(password(email, { code: said.code ?? '' }), error, { code: 'code', password: 'password' });
      }
    }),
  };
}
