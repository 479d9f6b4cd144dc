import { isFlowId } from '../shared/domain/id.ts';
import { mayGoWithoutPassword } from '../shared/domain/passkey.ts';
import type { CommonPasswords } from '../shared/domain/password-policy.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { ResendDeps } from '../shared/domain/resend-code.ts';
import { deviceOf } from '../shared/domain/sign-in-caller.ts';
import { followEntry, onPages } from '../shared/http/browser-sign-in.ts';
import { formAge, shownAt } from '../shared/http/form-age.ts';
import { codeEntry, emailEntry, nameEntry, passwordEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { openCaller } from '../shared/http/sign-in-caller.ts';
import { codePage } from '../shared/pages/code-page.tsx';
import { resendSignUpCode } from './resend-sign-up-code.ts';
import { purposeField, signUpPage } from './sign-up-page.tsx';
import { type RegistrationDeps, startRegistration } from './start-registration.ts';
import { type VerificationDeps, verifyRegistration } from './verify-registration.ts';

/** What the pages share with the JSON journeys. */
interface Deps
  extends Pick<VerificationDeps, 'seal'>,
    Pick<RegistrationDeps, 'untilWindowEnds' | 'work' | 'isBreached' | 'usesThrowawayMailbox'> {
  readonly commonPasswords: () => Promise<CommonPasswords>;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly store: RegistrationDeps['store'] & ResendDeps['store'] & VerificationDeps['store'];
}

/** The pages of sign-up: the account, then the proof of its address. */
export function signUpEndpoints(runtime: Runtime, pageDeps: Deps) {
  const { brand, random } = runtime;
  const { ask, take } = hostedPages(runtime);
  const deps = { ...pageDeps, brand, random };
  const minutes = Math.floor(brand.lifetimes.code / 60);

  const form = ({ said, journey, asked, sealing, browser, now }: Visit): Draw => {
    const username = said.username ?? journey?.email ?? asked?.loginHint ?? '';
    const ticked = brand.purposes.filter(({ id }) => said[purposeField(id)] !== undefined).map(({ id }) => id);
    const age = formAge(sealing, browser, said.shown, now);
    const shown = age === undefined ? shownAt(sealing, browser, now) : (said.shown ?? '');
    const passwordless = mayGoWithoutPassword(brand) ? said.passwordless !== undefined : undefined;
    return (view) =>
      signUpPage(view, { username, name: said.name ?? '', ticked: new Set(ticked), shown, passwordless });
  };

  const code =
    (email: string): Draw =>
    (view) =>
      codePage(view, {
        lead: view.say('verify.lead', { email, minutes }),
        action: '/sign-up/verify',
        resend: '/sign-up/resend',
        button: view.say('verify.button'),
      });

  /** Fields of the use case by their place on the page. */
  const ids = {
    username: 'username',
    email: 'username',
    password: 'password',
    name: 'name',
    ...Object.fromEntries(brand.purposes.map(({ id }, at) => [`consents.${at}.granted`, purposeField(id)])),
  };

  /** Every mistake at once: a person should not have to find them one by one. */
  function entries({ said }: Visit) {
    const errors: Refusal[] = [];
    const collect = <T>(read: () => T): T | undefined => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        errors.push(error);
        return undefined;
      }
    };
    const email = collect(() => emailEntry(said.username));
    const without = mayGoWithoutPassword(brand) && said.passwordless !== undefined;
    const password = without ? undefined : collect(() => passwordEntry(said.password));
    const name = collect(() => nameEntry(said.name));
    const consents = brand.purposes.map(({ id, version }) => ({
      purpose: id,
      version,
      granted: said[purposeField(id)] !== undefined,
    }));
    const missing = brand.purposes.flatMap(({ required }, at) =>
      required && !consents[at]?.granted
        ? [{ field: `consents.${at}.granted`, rule: 'purpose_required' as const }]
        : [],
    );
    const wrong = [...errors.flatMap(({ details }) => details.errors ?? []), ...missing];
    if (wrong.length > 0 || email === undefined) {
      throw new Refusal('field_invalid', { errors: wrong });
    }
    return { email, password, profile: name === undefined ? {} : { name }, consents };
  }

  return {
    'GET /sign-up': ask(async (visit) => visit.show(form(visit))),

    'POST /sign-up': take(async (visit) => {
      const { sealing, request, browser, client, locale, said, now, again, goTo } = visit;
      const caller = openCaller(sealing, request, said.proof, now);
      const hasty = (formAge(sealing, browser, said.shown, now) ?? 0) < brand.abuse.signUp.minSeconds;
      try {
        const input = entries(visit);
        const isCommon = await deps.commonPasswords();
        const started = await startRegistration(
          { ...deps, sealing, isCommon },
          { ...input, at: 'browser', client, locale, website: said.website, hasty },
          caller,
          now,
        );
        const journey = { email: input.email, ...(isFlowId(started.flow) && { flow: started.flow }) };
        const reply = goTo('/sign-up/verify', { journey });
        return said.website ? { ...reply, audit: { code: 'trapped' } } : reply;
      } catch (error) {
        return again(form(visit), error, ids);
      }
    }),

    'GET /sign-up/verify': ask(async ({ show, journey, goTo }) =>
      journey?.flow ? show(code(journey.email)) : goTo('/sign-up'),
    ),

    'POST /sign-up/verify': take(async (visit) => {
      const { journey, said, sealing, request, now, again, goTo } = visit;
      if (!journey?.flow) return goTo('/sign-up');
      const device = deviceOf(request);
      try {
        const given = codeEntry(said.code);
        const proven = await verifyRegistration({ ...deps, sealing }, journey.flow, given, onPages(visit), device, now);
        const reply = followEntry(runtime, visit, proven);
        if (proven.hasPassword || proven.entry.to !== 'session') return reply;
        const passkey = goTo('/account/security/passkeys/add', { cookies: reply.cookies ?? [] });
        return { ...passkey, ...(reply.audit && { audit: reply.audit }) };
      } catch (error) {
        return again(code(journey.email), error, { code: 'code' });
      }
    }),

    'POST /sign-up/resend': take(async ({ journey, sealing, request, now, again, goTo }) => {
      if (!journey?.flow) return goTo('/sign-up');
      try {
        await resendSignUpCode({ ...deps, sealing }, journey.flow, 'browser', request.ip, now);
        return goTo('/sign-up/verify', { journey, notice: 'sent' });
      } catch (error) {
        return again(code(journey.email), error, {});
      }
    }, '/sign-up/verify'),
  };
}
