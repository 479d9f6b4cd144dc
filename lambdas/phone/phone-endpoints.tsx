import { isFlowId } from '../shared/domain/id.ts';
import { accountAtBrowser } from '../shared/domain/own-account.ts';
import { maskedNumber, type ParsedNumber, parseNumber } from '../shared/domain/phone-number.ts';
import type { PersonDeps } from '../shared/domain/signed-in-person.ts';
import { type AccountPage, type AtHome, accountPages, alone } from '../shared/http/account-pages.ts';
import { codeEntry, phoneEntry } from '../shared/http/page-entries.ts';
import type { Draw } from '../shared/http/page-visit.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { guessOrigin } from '../shared/http/sign-in-caller.ts';
import { codePage } from '../shared/pages/code-page.tsx';
import { Check } from '../shared/pages/form.tsx';
import { type ChooseChannelDeps, chooseChannel } from './choose-channel.ts';
import { type ConfirmPhoneDeps, confirmPhone } from './confirm-phone.ts';
import { phonePage } from './phone-page.tsx';
import { phoneView } from './phone-view.ts';
import { type RemovePhoneDeps, removePhone } from './remove-phone.ts';
import { type StartPhoneDeps, startPhone } from './start-phone.ts';

/** What JSON API and pages share: the same checks, the same stores. */
export type PhoneDeps = Omit<
  StartPhoneDeps & ConfirmPhoneDeps & RemovePhoneDeps & ChooseChannelDeps,
  'sealing' | 'store'
> & {
  readonly store: StartPhoneDeps['store'] &
    ConfirmPhoneDeps['store'] &
    RemovePhoneDeps['store'] &
    ChooseChannelDeps['store'];
};

type Given = AtHome<undefined>;

/** The pages of the number that codes go to; a brand that texts none has none of them. */
export function phoneEndpoints(runtime: Runtime, deps: PhoneDeps & { readonly store: PersonDeps['store'] }) {
  const { brand } = runtime;
  const { sms } = brand.authentication;
  const { store } = deps;
  const { ask, take } = accountPages(runtime, store);
  const minutes = Math.floor(brand.lifetimes.code / 60);
  /** Only on a recent sign-in at the highest level of the account (MFA4). */
  const guarded: AccountPage<undefined> = {
    ...alone,
    recent: ({ identHash }) => store.findCredentials(identHash),
  };
  const own = ({ visit, person }: Given) => accountAtBrowser(brand, person, visit.client.id, visit.now);
  const offered = (act: (given: Given) => Promise<Reply>) => async (given: Given) =>
    sms ? act(given) : given.visit.goTo('/account');

  const overview = ({ visit, person }: Given): Draw => {
    const { phone_number: number, code_channel: channel } = phoneView(person.personal, person.user.codeChannel);
    const typed = visit.said.phone ?? '';
    const state = { number, typed, channel: sms?.firstFactor ? channel : undefined };
    return (view) => phonePage(view, { ...state, saved: visit.said.notice === 'saved' });
  };

  const code =
    (number: string): Draw =>
    (view) =>
      codePage(view, {
        lead: view.say('phone.code.lead', { number: maskedNumber(number), minutes }),
        action: '/account/phone/code',
        resend: '/account/phone/resend',
        button: view.say('phone.code.button'),
        beside: <Check view={view} id="others" label={view.say('security.others')} checked />,
      });

  async function start(given: Given, phone: ParsedNumber): Promise<Reply> {
    const { sealing, request, now, goTo } = given.visit;
    const { flow } = await startPhone({ ...deps, sealing }, own(given), phone, request.ip, now);
    return goTo('/account/phone/code', { journey: { phone: phone.number, ...(isFlowId(flow) && { flow }) } });
  }

  return {
    'GET /account/phone': ask(
      guarded,
      offered(async (given) => given.visit.show(overview(given))),
    ),

    'POST /account/phone': take(
      guarded,
      offered(async (given) => {
        // From the overview of factors, where nobody has typed anything yet.
        if (given.visit.said.phone === undefined) return given.visit.goTo('/account/phone');
        try {
          return await start(given, await phoneEntry(given.visit.said.phone, sms));
        } catch (error) {
          return given.visit.again(overview(given), error, { phone: 'phone' });
        }
      }),
    ),

    'GET /account/phone/code': ask(
      guarded,
      offered(async ({ visit: { texted, show, goTo } }) =>
        texted?.flow ? show(code(texted.phone)) : goTo('/account/phone'),
      ),
    ),

    'POST /account/phone/code': take(
      guarded,
      offered(async (given) => {
        const { sealing, texted, said, request, asked, now, again, goTo, finish } = given.visit;
        if (!texted?.flow) return goTo('/account/phone');
        try {
          const entered = {
            code: codeEntry(said.code),
            endsOthers: said.others !== undefined,
            from: guessOrigin(request),
          };
          await confirmPhone({ ...deps, sealing }, own(given), texted.flow, entered, now);
          return asked ? finish() : goTo('/account/phone', { notice: 'saved' });
        } catch (error) {
          return again(code(texted.phone), error, { code: 'code' });
        }
      }),
    ),

    'POST /account/phone/resend': take(
      guarded,
      offered(async (given) => {
        const { texted, again, goTo } = given.visit;
        const phone = texted && (await parseNumber(texted.phone, sms));
        if (!phone) return goTo('/account/phone');
        try {
          return await start(given, phone);
        } catch (error) {
          return again(code(phone.number), error, {});
        }
      }),
      '/account/phone/code',
    ),

    'POST /account/phone/remove': take(
      guarded,
      offered(async (given) => {
        const { sealing, said, now, again, goTo } = given.visit;
        try {
          await removePhone({ ...deps, sealing }, own(given), { endsOthers: said.others !== undefined }, now);
          return goTo('/account/phone', { notice: 'saved' });
        } catch (error) {
          return again(overview(given), error, {});
        }
      }),
      '/account/phone',
    ),

    'POST /account/phone/channel': take(
      guarded,
      offered(async (given) => {
        const { said, now, again, goTo } = given.visit;
        try {
          await chooseChannel(deps, own(given), said.channel === 'text' ? 'text' : 'mail', now);
          return goTo('/account/phone', { notice: 'saved' });
        } catch (error) {
          return again(overview(given), error, {});
        }
      }),
      '/account/phone',
    ),
  };
}
