import type { Method } from '../shared/domain/assurance.ts';
import { type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import type { UserId } from '../shared/domain/id.ts';
import { accountAtBrowser } from '../shared/domain/own-account.ts';
import { offersPasskeys } from '../shared/domain/passkey.ts';
import { deviceOf } from '../shared/domain/sign-in-caller.ts';
import type { PersonDeps } from '../shared/domain/signed-in-person.ts';
import { totpUri } from '../shared/domain/totp.ts';
import type { User } from '../shared/domain/user.ts';
import { type AccountPage, type AtHome, accountPages } from '../shared/http/account-pages.ts';
import { codeEntry } from '../shared/http/page-entries.ts';
import type { Draw, Visit } from '../shared/http/page-visit.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { sessionCookie } from '../shared/http/session-cookie.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { Elevation } from '../shared/store/change-factors.ts';
import type { listFactors } from '../shared/store/factor-store.ts';
import type { findFlow } from '../shared/store/flow-store.ts';
import { authenticatorsView } from './authenticator-view.ts';
import { type ConfirmTotpDeps, confirmTotp } from './confirm-totp.ts';
import { elevatedBrowser } from './elevate.ts';
import { makeRecoveryCodes, type RecoveryCodesDeps } from './make-recovery-codes.ts';
import { newCodesPage, recoveryCodesPage } from './recovery-codes-page.tsx';
import { type RemoveDeps, removeAuthenticator } from './remove-authenticator.ts';
import { removePage } from './remove-page.tsx';
import { type Addable, securityPage } from './security-page.tsx';
import { type StartTotpDeps, startTotp } from './start-totp.ts';
import { totpPage } from './totp-page.tsx';

/** What JSON API and pages share: the same checks, the same stores. */
export type AuthenticatorsDeps = Omit<ConfirmTotpDeps & StartTotpDeps & RecoveryCodesDeps, 'sealing' | 'store'> & {
  readonly store: ConfirmTotpDeps['store'] &
    StartTotpDeps['store'] &
    RecoveryCodesDeps['store'] &
    RemoveDeps['store'] &
    Bound<{ readonly listFactors: typeof listFactors }>;
};

type PageDeps = AuthenticatorsDeps & {
  readonly store: PersonDeps['store'] & Bound<{ readonly findFlow: typeof findFlow }>;
};

type Factors = Awaited<ReturnType<PageDeps['store']['listFactors']>>;

const overview = '/account/security';

/** Where setting up each kind begins; whoever adds a kind adds its line. */
const beginnings: readonly Addable[] = [
  { type: 'totp', action: '/account/security/totp/start' },
  { type: 'sms', action: '/account/phone' },
];

const isNotice = (text: string | undefined): text is 'added' | 'removed' => text === 'added' || text === 'removed';

/** The pages of second factors and recovery codes. */
export function securityEndpoints(runtime: Runtime, deps: PageDeps) {
  const { brand } = runtime;
  const { store } = deps;
  const { ask, take } = accountPages(runtime, store);
  const factors: AccountPage<Factors> = { beside: (user: UserId) => store.listFactors(user) };
  /** Only on a recent sign-in at the highest level of the account (MFA4). */
  const owned = ({ identHash }: User) => store.findCredentials(identHash);
  const guarded: AccountPage<Factors> = { ...factors, recent: owned };

  const own = ({ visit, person }: AtHome<Factors>) => accountAtBrowser(brand, person, visit.client.id, visit.now);

  const security = ({ visit, found }: AtHome<Factors>): Draw => {
    const { authenticators, recovery_codes: recoveryCodes } = authenticatorsView(found);
    const addable = beginnings
      .filter(({ type }) => brand.authentication.factors.includes(type))
      .filter(({ type }) => type === 'passkey' || !authenticators.some((each) => each.type === type));
    const demanded = visit.asked !== undefined && authenticators.length === 0;
    const { notice } = visit.said;
    const count = authenticators.filter(({ type }) => type === 'passkey').length;
    const passkeys = offersPasskeys(brand) ? count : undefined;
    const state = {
      authenticators,
      recoveryCodes,
      passkeys,
      addable,
      demanded,
      notice: isNotice(notice) ? notice : undefined,
    };
    return (view) => securityPage(view, state);
  };

  /** The app that is being set up; nothing where that is over or another person's. */
  async function enrolment({ visit, person }: AtHome<Factors>): Promise<Draw | undefined> {
    const { journey, sealing, now } = visit;
    const flow = journey?.flow && (await store.findFlow(journey.flow, { purpose: 'totp', at: 'browser' }, now));
    if (!flow || flow.userId !== person.user.id) return undefined;
    const { secret } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets & { secret: string };
    const uri = totpUri(secret, brand.name, person.personal.email);
    return (view) => totpPage(view, { secret, uri });
  }

  /** Back to the overview, or on to the application that asked for a second factor; as the stronger session. */
  function added({ asked, sealing, goTo, finish }: Visit, elevation: Elevation): Reply {
    const cookies: string[] = [];
    if (elevation.at === 'browser') {
      const { userId: user, id: session } = elevation.beginning.session;
      cookies.push(sessionCookie(sealing, { user, session }, brand.lifetimes.refreshAbsolute));
    }
    return asked ? finish({ cookies }) : goTo(overview, { cookies, notice: 'added' });
  }

  const named = (given: AtHome<Factors>) =>
    authenticatorsView(given.found).authenticators.find(({ id }) => id === given.visit.said.authenticator);

  return {
    'GET /account/security': ask(factors, async (given) => given.visit.show(security(given))),

    'POST /account/security/totp/start': take(
      guarded,
      async (given) => {
        const { visit, person } = given;
        const { sealing, client, locale, now, goTo, again } = visit;
        try {
          const { flow } = await startTotp({ ...deps, sealing }, own(given), { client, locale }, now);
          return goTo('/account/security/totp', { journey: { email: person.personal.email, flow } });
        } catch (error) {
          return again(security(given), error, {});
        }
      },
      overview,
    ),

    'GET /account/security/totp': ask(guarded, async (given) => {
      const draw = await enrolment(given);
      return draw ? given.visit.show(draw) : given.visit.goTo(overview);
    }),

    'POST /account/security/totp': take(guarded, async (given) => {
      const { person } = given;
      const { journey, said, sealing, request, client, locale, now, again, goTo } = given.visit;
      const draw = await enrolment(given);
      if (!draw || !journey?.flow) return goTo(overview);
      try {
        const entered = { code: codeEntry(said.code), endsOthers: said.others !== undefined };
        const elevate = (method: Method) => {
          const device = deviceOf(signInCaller(sealing, request, locale, now));
          return elevatedBrowser({ ...deps, sealing }, person.session, method, { client, device }, now);
        };
        const elevation = await confirmTotp({ ...deps, sealing }, own(given), journey.flow, entered, elevate, now);
        return added(given.visit, elevation);
      } catch (error) {
        return again(draw, error, { code: 'code' });
      }
    }),

    'GET /account/security/recovery-codes': ask(factors, async ({ visit, found }) => {
      const { recovery_codes: left } = authenticatorsView(found);
      return visit.show((view) => recoveryCodesPage(view, left));
    }),

    'POST /account/security/recovery-codes': take(guarded, async (given) => {
      const { sealing, now, show, again } = given.visit;
      try {
        const codes = await makeRecoveryCodes({ ...deps, sealing }, own(given), now);
        return await show((view) => newCodesPage(view, codes));
      } catch (error) {
        return again(security(given), error, {});
      }
    }),

    'GET /account/security/remove': ask(guarded, async (given) => {
      const factor = named(given);
      return factor ? given.visit.show((view) => removePage(view, factor)) : given.visit.goTo(overview);
    }),

    'POST /account/security/remove': take(
      guarded,
      async (given) => {
        const { said, now, goTo, again } = given.visit;
        try {
          const removal = { id: said.authenticator ?? '', endsOthers: said.others !== undefined };
          await removeAuthenticator(deps, own(given), removal, now);
          return goTo(overview, { notice: 'removed' });
        } catch (error) {
          return again(security(given), error, {});
        }
      },
      overview,
    ),
  };
}
