import { commonPasswords } from '../shared/domain/common-passwords.ts';
import { isFlowId, type Random } from '../shared/domain/id.ts';
import { accountAtBrowser } from '../shared/domain/own-account.ts';
import { showsLevel } from '../shared/domain/recent-sign-in.ts';
import type { PersonDeps } from '../shared/domain/signed-in-person.ts';
import { type AtHome, accountPages, alone } from '../shared/http/account-pages.ts';
import { codeEntry, emailEntry, passwordEntry } from '../shared/http/page-entries.ts';
import type { Draw } from '../shared/http/page-visit.ts';
import { recentlySignedIn, signInAgain, stepUp } from '../shared/http/re-authentication.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { guessOrigin } from '../shared/http/sign-in-caller.ts';
import { codePage } from '../shared/pages/code-page.tsx';
import { type CancelDeps, cancelAddressChange } from './cancel-address-change.ts';
import { type ChangePasswordDeps, changePassword } from './change-password.ts';
import { type ConfirmDeps, confirmAddressChange } from './confirm-address-change.ts';
import { EmailCodeMore, emailPage } from './email-page.tsx';
import { passwordPage } from './password-page.tsx';
import { type StartDeps, startAddressChange } from './start-address-change.ts';

/** What the pages share with the JSON API: the same checks, the same stores. */
type Deps = Omit<ChangePasswordDeps & StartDeps & ConfirmDeps, 'sealing' | 'isCommon' | 'store'> & {
  readonly random: Random;
  readonly store: PersonDeps['store'] &
    ChangePasswordDeps['store'] &
    StartDeps['store'] &
    ConfirmDeps['store'] &
    CancelDeps['store'];
};

type Given = AtHome<undefined>;

/** The pages on which a person changes what they sign in with: the password, the address. */
export function changeEndpoints(runtime: Runtime, deps: Deps) {
  const { brand } = runtime;
  const { store } = deps;
  const { ask, take } = accountPages(runtime, store);
  const minutes = Math.floor(brand.lifetimes.code / 60);

  const own = ({ visit, person }: Given) => accountAtBrowser(brand, person, visit.client.id, visit.now);

  /** With the word on whether the person can prove who they are here; who cannot, does so at the sign-in. */
  const provable = (act: (given: Given, hasPassword: boolean, recent: boolean) => Promise<Reply>) => {
    return async (given: Given): Promise<Reply> => {
      const { visit, person } = given;
      const recent = recentlySignedIn(brand, person.session, visit.now);
      const { password: credential, enrolled } = await store.findCredentials(person.user.identHash);
      if (!showsLevel(own(given), { password: credential, enrolled })) return stepUp(visit);
      const hasPassword = credential !== undefined;
      return hasPassword || recent ? act(given, hasPassword, recent) : signInAgain(visit, person);
    };
  };

  const typed = (text: string | undefined) =>
    text === undefined ? undefined : passwordEntry(text, 'current_password');
  const current = { current_password: 'current_password' };

  const password =
    ({ person }: Given, hasPassword: boolean): Draw =>
    (view) =>
      passwordPage(view, person.personal.email, hasPassword);

  const email =
    ({ visit, person }: Given, recent: boolean): Draw =>
    (view) => {
      const { said } = visit;
      const asksPassword = !recent || said.current_password !== undefined;
      return emailPage(view, { email: person.personal.email, username: said.username ?? '', asksPassword });
    };

  const code =
    (address: string): Draw =>
    (view) =>
      codePage(view, {
        lead: view.say('verify.lead', { email: address, minutes }),
        action: '/account/email/code',
        button: view.say('verify.button'),
        more: <EmailCodeMore view={view} />,
      });

  return {
    'GET /account/password': ask(
      alone,
      provable(async (given, hasPassword) => given.visit.show(password(given, hasPassword))),
    ),

    'POST /account/password': take(
      alone,
      provable(async (given, hasPassword) => {
        const { said, now, again, goTo } = given.visit;
        try {
          const current_password = hasPassword ? passwordEntry(said.current_password, 'current_password') : undefined;
          const input = { current_password, new_password: passwordEntry(said.password) };
          await changePassword({ ...deps, isCommon: await commonPasswords() }, own(given), input, now);
          return goTo('/account', { notice: 'password' });
        } catch (error) {
          return again(password(given, hasPassword), error, {
            ...current,
            new_password: 'password',
            password: 'password',
          });
        }
      }),
    ),

    'GET /account/email': ask(
      alone,
      provable(async (given, _, recent) => given.visit.show(email(given, recent))),
    ),

    'POST /account/email': take(
      alone,
      provable(async (given, _, recent) => {
        const { sealing, said, request, now, again, goTo } = given.visit;
        try {
          const input = { email: emailEntry(said.username), current_password: typed(said.current_password) };
          const { flow } = await startAddressChange({ ...deps, sealing }, own(given), input, request.ip, now);
          return goTo('/account/email/code', { journey: { email: input.email, ...(isFlowId(flow) && { flow }) } });
        } catch (error) {
          return again(email(given, recent), error, { ...current, username: 'username' });
        }
      }),
    ),

    'GET /account/email/code': ask(alone, async ({ visit: { journey, show, goTo } }) =>
      journey?.flow ? show(code(journey.email)) : goTo('/account/email'),
    ),

    'POST /account/email/code': take(alone, async (given) => {
      const { sealing, journey, said, request, now, again, goTo } = given.visit;
      if (!journey?.flow) return goTo('/account/email');
      try {
        const entered = codeEntry(said.code);
        await confirmAddressChange({ ...deps, sealing }, own(given), journey.flow, entered, guessOrigin(request), now);
        return goTo('/account', { notice: 'email' });
      } catch (error) {
        return again(code(journey.email), error, { code: 'code' });
      }
    }),

    'POST /account/email/cancel': take(
      alone,
      async ({ visit, person }) => {
        const { sealing, journey, now, goTo } = visit;
        const { random } = deps;
        if (journey?.flow) await cancelAddressChange({ random, sealing, store }, journey.flow, now, person.user.id);
        return goTo('/account', { notice: 'kept' });
      },
      '/account/email/code',
    ),
  };
}
