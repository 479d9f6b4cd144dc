import { assessSecondStep } from '../shared/domain/assess-sign-in.ts';
import type { Entrance } from '../shared/domain/beginning.ts';
import type { BrowserSession, NamedSession } from '../shared/domain/browser-session.ts';
import { findClient } from '../shared/domain/clients.ts';
import { flowOfTry, wrongCode } from '../shared/domain/code-flow.ts';
import type { SecondFactor } from '../shared/domain/factors.ts';
import { type Flow, type Front, flowItemKey } from '../shared/domain/flow.ts';
import { type FormerSessionDeps, formerSession } from '../shared/domain/former-session.ts';
import type { FlowId } from '../shared/domain/id.ts';
import { type Entry, letIn, type PendingSecrets } from '../shared/domain/let-in.ts';
import { networkOf } from '../shared/domain/network.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { requireWork, spendProof, type WorkDeps } from '../shared/domain/require-work.ts';
import { noRisk, type Risk } from '../shared/domain/risk.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { clientEntrance } from '../shared/oidc/client-entrance.ts';
import type { tellStopped } from '../shared/store/activity-store.ts';
import type { countNearby } from '../shared/store/alert-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findBrowserSession } from '../shared/store/browser-session-store.ts';
import type { Credentials, findCredentials } from '../shared/store/credential-store.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { spendOnce } from '../shared/store/jti-store.ts';
import type { passSecondFactor } from '../shared/store/pass-second-factor.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { countedFor, isGuessing, type SecondFactorCaller, takesWork } from './count-second-factor.ts';
import { type FactorDeps, factorKinds, type Judge, type PendingSignIn, type ProvenFactor } from './factor-kinds.ts';
import { stoppedSignIn } from './stop-sign-in.ts';

export interface SecondFactorDeps extends Omit<FactorDeps, 'store'> {
  readonly work: WorkDeps;
  readonly store: FactorDeps['store'] &
    FormerSessionDeps['store'] &
    Bound<{
      readonly countTry: typeof countTry;
      readonly countUp: typeof countUp;
      readonly countNearby: typeof countNearby;
      readonly spendOnce: typeof spendOnce;
      readonly findCredentials: typeof findCredentials;
      readonly findBrowserSession: typeof findBrowserSession;
      readonly passSecondFactor: typeof passSecondFactor;
      readonly tellStopped: typeof tellStopped;
    }>;
}

/** What is given as the second factor, and where: a flow of the JSON journeys is none of the pages', nor the other way. */
export interface GivenFactor {
  readonly at: Front;
  readonly factor: SecondFactor;
  readonly text: string;
  /** The session that the browser has until then, by its cookie. */
  readonly claimed?: NamedSession | undefined;
}

/** What was sealed; one that an older version sealed has the reasons of its risk alone (F25). */
type SealedSecrets = PendingSecrets & { readonly reasons?: Risk['reasons'] };

/** Opens a sign-in that waits for its second factor. @throws Refusal `flow_expired` for one of nobody */
export function openPending(sealing: Pick<SealingRing, 'openEphemeral'>, flow: Flow): PendingSignIn {
  if (!flow.userId) throw new Refusal('flow_expired');
  const { reasons = [], ...secrets } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as SealedSecrets;
  const risk = (secrets as Partial<PendingSecrets>).risk ?? { ...noRisk, reasons };
  return { flow, user: flow.userId, secrets: { ...secrets, risk } };
}

/** The first proof still holds: neither was the password changed since, nor the account disabled (LOG7). */
function checkFirstProof({ flow, secrets }: PendingSignIn, { password }: Credentials): void {
  if (!secrets.methods.includes('password') || secrets.elevates !== undefined) return;
  check(password?.status === 'active' && password.changedAt < flow.startedAt, 'flow_expired');
}

function entranceOf(
  { brand }: SecondFactorDeps,
  { flow, secrets }: PendingSignIn,
  claimed: NamedSession | undefined,
): Entrance {
  if (flow.at === 'client') return clientEntrance(brand, flow.clientId, secrets.scope);
  const client = findClient(brand, flow.clientId);
  if (!client) throw new Refusal('flow_expired');
  return { at: 'browser', client, claimed };
}

/** Through the gate with one proof more, and into a session. */
async function pass(
  deps: SecondFactorDeps,
  pending: PendingSignIn,
  entrance: Entrance,
  proven: ProvenFactor,
  beside: { readonly enrolled: Credentials['enrolled'] } & Record<'since' | 'former', BrowserSession | undefined>,
  caller: SignInCaller,
  now: number,
): Promise<Entry> {
  const { brand, random, sealing, store } = deps;
  const { flow, user, secrets } = pending;
  const { enrolled, since, former } = beside;
  const proof = {
    userId: user,
    email: secrets.email,
    methods: [...new Set([...secrets.methods, proven.method])],
    device: deviceOf(caller),
    locale: flow.locale,
    enrolled,
    // What was noticed at the first proof, and of this one where it comes from elsewhere; the factor has answered it.
    risk: assessSecondStep(brand, secrets.risk, secrets.device, caller),
    ...(since && { since }),
    former,
  };
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  const { spent, notice } = proven;
  if (!(await store.passSecondFactor({ flow, user, spent, entry, notice }, now))) throw wrongCode();
  return entry;
}

/** What was given is right, or the refusal of what is wrong: a passkey that does not hold is a miss like a wrong code. */
async function judged(judge: Judge, text: string, now: number): Promise<ProvenFactor | Refusal> {
  try {
    return (await judge(text, now)) ?? wrongCode();
  } catch (error) {
    if (error instanceof Refusal && isMiss(error)) return error;
    throw error;
  }
}

const isMiss = ({ code }: Refusal) => code === 'passkey_invalid' || code === 'passkey_unknown';

/**
 * Proves the second factor of a pending sign-in. Wave 1 counts the try by flow and network, wave 2 by account, beside
 * what judging takes; wave 3 consumes flow and factor and begins the session, or counts the miss. A proof of work takes a
 * wave of its own.
 * @throws Refusal `challenge_required`, `too_many_requests`, `code_spent`, `flow_expired`, `factor_unknown`, `code_invalid`,
 * `passkey_invalid`, `passkey_unknown`, `conflict_retry`, `unavailable`; those of the client's entrance and of `letIn`
 */
export async function proveSecondFactor(
  deps: SecondFactorDeps,
  id: FlowId,
  given: GivenFactor,
  caller: SecondFactorCaller,
  now: number,
): Promise<{ readonly entry: Entry; readonly identHash: string }> {
  const { brand, sealing, store } = deps;
  const network = sealing.lookup('ip', networkOf(caller.ip));
  const [attempt, fromNetwork] = await Promise.all([
    store.countTry(id, { purpose: 'second-factor', at: given.at }, now, brand.limits.triesPerCode),
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
  ]);
  checkLimits([fromNetwork]);
  const pending = openPending(sealing, flowOfTry(attempt));
  const { flow, user, secrets } = pending;
  const kind = factorKinds[given.factor];
  if (!kind || !secrets.factors.includes(given.factor)) throw new Refusal('factor_unknown');

  const entrance = entranceOf(deps, pending, given.claimed);
  const { counters, nearby } = countedFor(deps, flow, caller);
  const binding = { purpose: 'second-factor', identHash: flow.identHash, network } as const;
  const held = await spendProof(deps, binding, caller.proof, now);
  const [judge, credentials, since, former, ...counts] = await Promise.all([
    kind.read(deps, pending),
    store.findCredentials(flow.identHash),
    secrets.elevates && store.findBrowserSession(user, secrets.elevates),
    formerSession(deps, entrance, now),
    ...counters.map((counter) => store.countUp(counter, now, takesWork(counter) && held !== undefined)),
  ]);
  await requireWork(deps, binding, counts, 0, held, now);
  checkFirstProof(pending, credentials);
  check(secrets.elevates === undefined || (since !== undefined && since.revokedAt === undefined), 'flow_expired');
  const proven = await judged(judge, given.text, now);
  if (proven instanceof Refusal) {
    const last = attempt.state === 'open' && attempt.last;
    const told = last || isGuessing(brand, counts);
    await Promise.all([
      store.countNearby(nearby, now, deps.random, held !== undefined),
      told && store.tellStopped(stoppedSignIn(deps, pending, caller, now)),
    ]);
    throw proven;
  }
  const beside = { enrolled: credentials.enrolled, since: since || undefined, former };
  return { entry: await pass(deps, pending, entrance, proven, beside, caller, now), identHash: flow.identHash };
}
