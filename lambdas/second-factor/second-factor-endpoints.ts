import type { SecondFactor } from '../shared/domain/factors.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { deviceOf } from '../shared/domain/sign-in-caller.ts';
import { type PersonDeps, signedInPerson } from '../shared/domain/signed-in-person.ts';
import { followEntry } from '../shared/http/browser-sign-in.ts';
import { codeEntry, recoveryCodeEntry } from '../shared/http/page-entries.ts';
import { type Draw, hostedPages, type Visit } from '../shared/http/page-visit.ts';
import { assertion, credentialEntry } from '../shared/http/passkey-fields.ts';
import type { Reply } from '../shared/http/reply.ts';
import type { Runtime } from '../shared/http/runtime.ts';
import { claimedSession } from '../shared/http/session-cookie.ts';
import { signInCaller } from '../shared/http/sign-in-caller.ts';
import { askedLevel } from '../shared/oidc/asked-level.ts';
import { open } from '../shared/vault/sealed-box.ts';
import { askForPasskey } from './ask-for-passkey.ts';
import type { PassingDeps } from './login-endpoints.ts';
import { openPending, proveSecondFactor } from './prove-second-factor.ts';
import { isTyped, secondFactorPage } from './second-factor-page.tsx';
import { sendCode } from './send-code.ts';
import { type StepUpDeps, startStepUp } from './start-step-up.ts';

/** How a pending sign-in may be confirmed. */
interface Ways {
  readonly factors: readonly SecondFactor[];
  /** Of a factor whose code is sent: at once where it is a sign-in's strongest, else when it was asked for. */
  readonly isSent: (factor: SecondFactor) => boolean;
}

const noWays: Ways = { factors: [], isSent: () => false };

type PageDeps = PassingDeps & { readonly store: PersonDeps['store'] & StepUpDeps['store'] };

const here = '/sign-in/second-factor';

/** What was given, held to its shape. @throws Refusal `field_invalid`, `passkey_invalid` */
function given(factor: SecondFactor, { code, credential }: Visit['said']): string {
  if (factor === 'passkey') return JSON.stringify(credentialEntry(assertion, credential));
  return factor === 'recovery-code' ? recoveryCodeEntry(code) : codeEntry(code);
}

/** The pages of the second factor. */
export function secondFactorEndpoints(runtime: Runtime, deps: PageDeps) {
  const { ask, take } = hostedPages(runtime);
  const at = 'browser';

  /** What would do, strongest first, and whether its code is under way. @throws Refusal `flow_expired` */
  async function waysOf({ journey, sealing, now }: Visit): Promise<Ways> {
    const flow = journey?.flow && (await deps.store.findFlow(journey.flow, { purpose: 'second-factor', at }, now));
    if (!flow) throw new Refusal('flow_expired');
    const { factors, elevates } = openPending(sealing, flow).secrets;
    const atOnce = elevates === undefined ? factors[0] : undefined;
    return {
      factors: factors.filter((factor) => isTyped(factor) || factor === 'passkey'),
      isSent: (factor) => flow.resends > 0 || factor === atOnce,
    };
  }

  /** The page of one way; the strongest where none is named, and nothing where there is none at all. */
  async function drawn(visit: Visit, { factors, isSent }: Ways): Promise<Draw | undefined> {
    const { journey, said, sealing, now } = visit;
    const factor = factors.find((each) => each === said.factor) ?? factors[0];
    if (!journey?.flow || !(isTyped(factor) || factor === 'passkey')) return undefined;
    const passkeys =
      factor === 'passkey' ? await askForPasskey({ ...deps, sealing }, journey.flow, at, now) : undefined;
    return (view) => {
      const ways = factors.map((way) => ({ factor: way, href: `${view.link(here)}&factor=${way}` }));
      return secondFactorPage(view, { email: journey.email, factor, isSent: isSent(factor), passkeys, ways });
    };
  }

  /** Whoever comes without a pending sign-in is signed in and has to prove more, or has to sign in. */
  async function stepUp(visit: Visit): Promise<Reply> {
    const { sealing, request, client, asked, now, goTo, locale } = visit;
    const { store } = deps;
    const person = await signedInPerson({ sealing, open, store }, claimedSession(sealing, request.cookies), now);
    if (!person) return goTo('/sign-in');
    const device = deviceOf(signInCaller(sealing, request, locale, now));
    const wish = asked && { acr: askedLevel(asked) };
    const next = await startStepUp({ ...deps, sealing }, person, client, device, wish, now);
    if (next === 'enrol') return goTo('/account/security');
    const { email } = person.personal;
    if (next === 'sign-in') return goTo('/sign-in', { notice: 'again', journey: { email } });
    return goTo(here, { journey: { email, flow: next } });
  }

  const shown = async (visit: Visit, act: (draw: Draw) => Promise<Reply>): Promise<Reply> => {
    const draw = await drawn(visit, await waysOf(visit));
    return draw ? act(draw) : visit.goTo('/sign-in');
  };

  /** A refusal in words on the page; without the flow, on the page that says that it is over. */
  const again = async (visit: Visit, error: unknown): Promise<Reply> => {
    const over = error instanceof Refusal && error.code === 'flow_expired';
    const draw = over ? undefined : await drawn(visit, await waysOf(visit).catch(() => noWays));
    return visit.again(draw ?? (() => ({ title: '', content: null })), error, { code: 'code' });
  };

  return {
    'GET /sign-in/second-factor': ask(async (visit) => {
      if (!visit.journey?.flow) return stepUp(visit);
      try {
        return await shown(visit, (draw) => visit.show(draw));
      } catch (error) {
        return again(visit, error);
      }
    }),

    'POST /sign-in/second-factor': take(async (visit) => {
      const { journey, said, sealing, request, locale, now, goTo } = visit;
      if (!journey?.flow) return goTo('/sign-in');
      const { factor } = said;
      if (!isTyped(factor) && factor !== 'passkey') return goTo(here, { journey });
      try {
        const text = given(factor, said);
        const caller = signInCaller(sealing, request, locale, now);
        const claimed = claimedSession(sealing, request.cookies);
        const shown = { at, factor, text, claimed } as const;
        const proven = await proveSecondFactor({ ...deps, sealing }, journey.flow, shown, caller, now);
        return followEntry(runtime, visit, proven);
      } catch (error) {
        return again(visit, error);
      }
    }),

    'POST /sign-in/second-factor/code': take(async (visit) => {
      const { journey, said, sealing, request, now, goTo } = visit;
      if (!journey?.flow) return goTo('/sign-in');
      try {
        if (!isTyped(said.factor)) throw new Refusal('factor_unknown');
        await sendCode({ ...deps, sealing }, journey.flow, { at, factor: said.factor }, request.ip, now);
        return goTo(here, { journey, factor: said.factor });
      } catch (error) {
        return again(visit, error);
      }
    }, here),
  };
}
