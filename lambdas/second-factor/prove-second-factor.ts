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
import { noRisk } from '../shared/domain/risk.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { clientEntrance } from '../shared/oidc/client-entrance.ts';
import type { tellStopped } from '../shared/store/activity-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findBrowserSession } from '../shared/store/browser-session-store.ts';
import type { Credentials, findCredentials } from '../shared/store/credential-store.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { passSecondFactor } from '../shared/store/pass-second-factor.ts';
import type { Counter, countUp } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type FactorDeps, factorKinds, type PendingSignIn, type ProvenFactor } from './factor-kinds.ts';
import { stoppedSignIn } from './stop-sign-in.ts';

export interface SecondFactorDeps extends Omit<FactorDeps, 'store'> {
  readonly store: FactorDeps['store'] &
    FormerSessionDeps['store'] &
    Bound<{
      readonly countTry: typeof countTry;
      readonly countUp: typeof countUp;
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

/** Opens a sign-in that waits for its second factor. @throws Refusal `flow_expired` for one of nobody */
export function openPending(sealing: Pick<SealingRing, 'openEphemeral'>, flow: Flow): PendingSignIn {
  if (!flow.userId) throw new Refusal('flow_expired');
  const secrets = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as PendingSecrets;
  return { flow, user: flow.userId, secrets };
}

/** Tries at an account's factors, from anywhere but the browsers that it knows: those count for themselves (RL4, RL7). */
function accountCounter({ brand }: SecondFactorDeps, { flow }: PendingSignIn, caller: SignInCaller): Counter {
  const device = caller.remembered(flow.identHash)?.nonce;
  const { passwordPerDevice, passwordPerAccount } = brand.limits;
  return device
    ? { scope: 'second-factor', hash: `${flow.identHash}.${device}`, limit: passwordPerDevice }
    : { scope: 'second-factor', hash: flow.identHash, limit: passwordPerAccount };
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
    // What was noticed at the first proof is told with the session; the second one has answered it.
    risk: { ...noRisk, reasons: secrets.reasons },
    ...(since && { since }),
    former,
  };
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  const { spent, notice } = proven;
  if (!(await store.passSecondFactor({ flow, user, spent, entry, notice }, now))) throw wrongCode();
  return entry;
}

/**
 * Proves the second factor of a pending sign-in. Wave 1 counts the try by flow and network, wave 2 by account, beside
 * what judging takes; wave 3 consumes flow and factor and begins the session, or does nothing.
 * @throws Refusal `too_many_requests`, `code_spent`, `flow_expired`, `factor_unknown`, `code_invalid`, `conflict_retry`,
 * `unavailable`; those of the client's entrance and of `letIn`
 */
export async function proveSecondFactor(
  deps: SecondFactorDeps,
  id: FlowId,
  given: GivenFactor,
  caller: SignInCaller,
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
  const [ofAccount, judge, credentials, since, former] = await Promise.all([
    store.countUp(accountCounter(deps, pending, caller), now),
    kind.read(deps, pending),
    store.findCredentials(flow.identHash),
    secrets.elevates && store.findBrowserSession(user, secrets.elevates),
    formerSession(deps, entrance, now),
  ]);
  checkLimits([ofAccount]);
  checkFirstProof(pending, credentials);
  check(secrets.elevates === undefined || (since !== undefined && since.revokedAt === undefined), 'flow_expired');
  const proven = await judge(given.text, now);
  if (!proven) {
    const last = attempt.state === 'open' && attempt.last;
    if (last) await store.tellStopped(stoppedSignIn(deps, pending, caller, now));
    throw wrongCode();
  }
  const beside = { enrolled: credentials.enrolled, since: since || undefined, former };
  return { entry: await pass(deps, pending, entrance, proven, beside, caller, now), identHash: flow.identHash };
}
