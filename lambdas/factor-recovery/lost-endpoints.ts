import type { OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import { isFlowId } from '../shared/domain/id.ts';
import type { CommonPasswords } from '../shared/domain/password-policy.ts';
import { codeEntry, emailEntry, passwordEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages } from '../shared/http/page-visit.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { guessOrigin, openCaller } from '../shared/http/sign-in-caller.ts';
import { lostCodePage, lostPage, nothingToStopPage, standingPage, stopPage, stoppedPage } from './lost-pages.tsx';
import { type ProveAddressDeps, proveAddress } from './prove-address.ts';
import { startFactorRecovery } from './start-factor-recovery.ts';
import { linkedRecovery, type StopDeps, stopFactorRecovery } from './stop-factor-recovery.ts';

/** What the pages share with the JSON journey. */
export interface LostDeps
  extends Omit<ProveAddressDeps, 'sealing' | 'isCommon' | 'store'>,
    Pick<OpenFlowDeps, 'untilWindowEnds' | 'work'> {
  readonly commonPasswords: () => Promise<CommonPasswords>;
  readonly store: ProveAddressDeps['store'] & OpenFlowDeps['store'] & StopDeps['store'];
}

/** The pages for who lost every second factor; a brand without a waiting time has but those that stop one. */
export function lostEndpoints(runtime: Runtime, deps: LostDeps) {
  const { brand } = runtime;
  const { recovery } = brand.authentication;
  const { ask, take } = hostedPages(runtime);
  const hours = Math.round((recovery?.delay ?? 0) / 3600);
  const minutes = Math.floor(brand.lifetimes.code / 60);
  const at = 'browser' as const;

  const address =
    (username: string): Draw =>
    (view) =>
      lostPage(view, { username, hours });

  const code =
    (email: string): Draw =>
    (view) =>
      lostCodePage(view, { email, minutes });

  return {
    'GET /recover/factors': ask(async ({ show, journey, asked, goTo }) =>
      recovery ? show(address(journey?.email ?? asked?.loginHint ?? '')) : goTo('/recover'),
    ),

    'POST /recover/factors': take(async ({ sealing, said, request, client, locale, now, again, goTo }) => {
      if (!recovery) return goTo('/recover');
      try {
        const email = emailEntry(said.username);
        const caller = openCaller(sealing, request, said.proof, now);
        const { flow } = await startFactorRecovery({ ...deps, sealing }, { at, client, email, locale }, caller, now);
        return goTo('/recover/factors/code', { journey: { email, ...(isFlowId(flow) && { flow }) } });
      } catch (error) {
        return again(address(said.username ?? ''), error, { username: 'username' });
      }
    }),

    'GET /recover/factors/code': ask(async ({ show, journey, goTo }) =>
      journey?.flow ? show(code(journey.email)) : goTo('/recover/factors'),
    ),

    'POST /recover/factors/code': take(async ({ sealing, journey, said, request, now, show, again, goTo }) => {
      if (!journey?.flow) return goTo('/recover/factors');
      const { email, flow } = journey;
      try {
        const password = said.password ? passwordEntry(said.password) : undefined;
        const input = { at, code: codeEntry(said.code), password };
        const isCommon = await deps.commonPasswords();
        const standing = await proveAddress({ ...deps, sealing, isCommon }, flow, input, guessOrigin(request), now);
        return { ...(await show((view) => standingPage(view, standing))), audit: { sub: standing.sub } };
      } catch (error) {
        return again(code(email), error, { code: 'code', password: 'password' });
      }
    }),

    'GET /recover/factors/cancel': ask(async ({ sealing, said, now, show }) => {
      const { person = '', token = '' } = said;
      const found = await linkedRecovery({ ...deps, sealing }, { person, token }, now);
      return found ? show((view) => stopPage(view, { person, token })) : show(nothingToStopPage, undefined, 410);
    }),

    'POST /recover/factors/cancel': take(async ({ sealing, said, now, show }) => {
      const found = await linkedRecovery({ ...deps, sealing }, said, now);
      const stopped = found && (await stopFactorRecovery({ ...deps, sealing }, found, now));
      if (!found || !stopped) return show(nothingToStopPage, undefined, 410);
      return { ...(await show(stoppedPage)), audit: { sub: found.userId } };
    }),
  };
}
