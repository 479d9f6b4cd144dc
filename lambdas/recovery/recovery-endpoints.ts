import type { OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { isFlowId } from '../shared/domain/id.ts';
import type { CommonPasswords } from '../shared/domain/password-policy.ts';
import { codeEntry, emailEntry, passwordEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { newPasswordPage } from './new-password-page.tsx';
import { recoveryPage } from './recovery-page.tsx';
import { type RecoveryDeps, setRecoveredPassword } from './set-recovered-password.ts';
import { startRecovery } from './start-recovery.ts';

/** What the pages share with the JSON journeys. */
interface Deps
  extends Pick<RecoveryDeps, 'hashPassword' | 'isBreached'>,
    Pick<OpenFlowDeps, 'untilWindowEnds' | 'work'> {
  readonly commonPasswords: () => Promise<CommonPasswords>;
  readonly store: OpenFlowDeps['store'] & RecoveryDeps['store'];
}

/** The pages of recovery: the address, then the mailed code with a new password. Nobody is signed in by it (REC4). */
export function recoveryEndpoints(runtime: Runtime, pageDeps: Deps) {
  const { brand, random } = runtime;
  const { ask, take } = hostedPages(runtime);
  const deps = { ...pageDeps, brand, random };
  const minutes = Math.floor(brand.lifetimes.recoveryCode / 60);

  const address =
    (username: string): Draw =>
    (view) =>
      recoveryPage(view, username);

  const password =
    (email: string, { code = '', leaked = false } = {}): Draw =>
    (view) =>
      newPasswordPage(view, { email, minutes, code, leaked });

  async function start({ sealing, request, client, locale, said, now, goTo }: Visit, email: EmailAddress) {
    const caller = { ip: request.ip, acceptLanguage: request.headers['accept-language'], proof: said.proof };
    const { flow } = await startRecovery({ ...deps, sealing }, { client, email, locale }, caller, now);
    return goTo('/recover/password', { journey: { email, ...(isFlowId(flow) && { flow }) } });
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
      const { journey, again, goTo } = visit;
      if (!journey) return goTo('/recover');
      try {
        return await start(visit, journey.email);
      } catch (error) {
        return again(password(journey.email), error, {});
      }
    }, '/recover/password'),

    'GET /recover/password': ask(async ({ show, said, journey, goTo }) =>
      journey?.flow ? show(password(journey.email, { leaked: said.notice === 'leaked' })) : goTo('/recover'),
    ),

    'POST /recover/password': take(async ({ journey, said, sealing, request, now, again, goTo }) => {
      if (!journey?.flow) return goTo('/recover');
      const { email, flow } = journey;
      try {
        const input = { code: codeEntry(said.code), password: passwordEntry(said.password) };
        const isCommon = await deps.commonPasswords();
        const sub = await setRecoveredPassword({ ...deps, sealing, isCommon }, flow, input, request.ip, now);
        return { ...goTo('/sign-in', { journey: { email }, notice: 'recovered' }), audit: { sub } };
      } catch (error) {
        return again(password(email, { code: said.code ?? '' }), error, { code: 'code', password: 'password' });
      }
    }),
  };
}
