import { assessSignIn, knownSince, knownUse, type UseDeps } from '../shared/domain/assess-sign-in.ts';
import type { Method } from '../shared/domain/assurance.ts';
import type { WayIn } from '../shared/domain/beginning.ts';
import type { Brand } from '../shared/domain/brand.ts';
import { findClient } from '../shared/domain/clients.ts';
import { mayHaveGoneAstray, wentByText } from '../shared/domain/code-channel.ts';
import type { CountedTry } from '../shared/domain/code-flow.ts';
import { countGuess, type GuessDeps } from '../shared/domain/count-guess.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import type { Flow } from '../shared/domain/flow.ts';
import { type FormerSessionDeps, formerSession } from '../shared/domain/former-session.ts';
import type { FlowId, Random } from '../shared/domain/id.ts';
import { type JudgeDeps, judgeGuess } from '../shared/domain/judge-guess.ts';
import { type Entry, letIn } from '../shared/domain/let-in.ts';
import { judgeLink } from '../shared/domain/mailed-link.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import type { WorkDeps } from '../shared/domain/require-work.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { signInByCode } from '../shared/store/sign-in-by-code.ts';
import { type AccountOfFlowDeps, accountOfFlow } from './account-of-flow.ts';

export interface CodeDeps extends Pick<AccountOfFlowDeps, 'open' | 'sealing'> {
  readonly brand: Brand;
  readonly random: Random;
  readonly work: WorkDeps;
  readonly store: AccountOfFlowDeps['store'] &
    GuessDeps['store'] &
    JudgeDeps['store'] &
    Bound<{
      readonly signInByCode: typeof signInByCode;
    }> &
    UseDeps['store'] &
    FormerSessionDeps['store'];
}

/** The proof of a mailed link, and the browser that shows it. */
interface GivenLink {
  readonly link: string;
  /** Keyed hash. */
  readonly browser: string;
}

/** What is shown for a flow: its code, or the link beside it. Either consumes it. */
export type Given = { readonly code: string } | GivenLink;

/**
 * Proves a code, mailed or texted, or a mailed link: the try is counted, then judged; the code is consumed by the
 * transaction that goes on from it, under the condition that the person is active (LOG7, VC2) and has not signed out
 * everywhere since it was asked for (LOG5).
 * @param way where it is proven: a flow of the other front is over there, and its code is not judged (LOG3)
 * @throws Refusal `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `conflict_retry`, `unavailable`;
 * those of the way in, and of `letIn`
 */
export async function proveCode(
  deps: CodeDeps,
  id: FlowId,
  given: Given,
  way: WayIn,
  caller: SignInCaller,
  now: number,
): Promise<{ readonly entry: Entry; readonly identHash: string }> {
  const { brand, random, sealing, store } = deps;
  const { attempt, tries } = await countGuess(deps, id, { purpose: 'login-code', at: way.at }, caller.ip, now);
  const from = { ip: caller.ip, asn: caller.edge?.asn };
  const flow =
    'code' in given ? await judgeGuess(deps, attempt, given.code, from, now) : judgeGivenLink(deps, attempt, given);
  const client = findClient(brand, flow.clientId);
  if (!client) throw new Refusal('flow_expired');
  const entrance = way.entranceOf(client);

  const account = await accountOfFlow(deps, flow, (identHash) =>
    Promise.all([knownUse(deps, caller, identHash), formerSession(deps, entrance, now)]),
  );
  if (!account) throw new Refusal('code_invalid', { errors: [{ field: 'code', rule: 'code_invalid' }] });
  const { userId, email, identHash, enrolled } = account;
  const [use, former] = account.known;
  const known = await knownSince(deps, use, identHash, enrolled?.devicesValidFrom);
  const { locale } = flow;
  const method = methodOf(brand, flow, given, enrolled);
  const risk = assessSignIn(deps, caller, known, { ip: tries }, now);
  const remembered = known.remembered !== undefined;
  const proof = {
    userId,
    email,
    methods: [method],
    device: deviceOf(caller),
    locale,
    enrolled,
    risk,
    remembered,
    former,
  };
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  if (!(await store.signInByCode(flow, { userId, method, entry }, now))) throw new Refusal('flow_expired');
  return { entry, identHash };
}

function judgeGivenLink({ sealing }: CodeDeps, attempt: CountedTry, { link, browser }: GivenLink): Flow {
  return judgeLink(sealing.mac, attempt, link, browser);
}

/**
 * By what the code travelled; a text is a factor, and not its own second one (MFA5), and a mail is none (MFA8).
 * @throws Refusal `flow_expired` for a code of which that can no longer be told
 */
function methodOf(brand: Brand, flow: Flow, given: Given, enrolled: FactorSummary | undefined): Method {
  if ('link' in given) return 'mailed-link';
  check(!mayHaveGoneAstray(flow, enrolled), 'flow_expired');
  return wentByText(brand, flow, enrolled) ? 'sms' : 'mailed-code';
}
