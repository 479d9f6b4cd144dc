import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { codesIn, type FactorRecovery, opensFrom, recoveryWindow, stateOf } from '../shared/domain/factor-recovery.ts';
import { enrolledFactors } from '../shared/domain/factors.ts';
import { type Flow, type FlowSecrets, type Front, flowItemKey } from '../shared/domain/flow.ts';
import type { FlowId, Random, UserId } from '../shared/domain/id.ts';
import { type GuessOrigin, type JudgeDeps, judgeGuess } from '../shared/domain/judge-guess.ts';
import { networkOf } from '../shared/domain/network.ts';
import {
  type BreachedPasswords,
  type CommonPasswords,
  checkBreaches,
  checkPassword,
  normalisePassword,
} from '../shared/domain/password-policy.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { seconds } from '../shared/domain/time.ts';
import { type PersonalData, type User, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { listFactors } from '../shared/store/factor-store.ts';
import type { countTry } from '../shared/store/flow-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { consumeFlow, findRecovery, removeFactors, startRecovery } from '../shared/store/recovery-store.ts';
import type { findDataKey, findOwner, findUser } from '../shared/store/user-store.ts';
import type { open, seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface ProveAddressDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly seal: typeof seal;
  readonly isCommon: CommonPasswords;
  readonly isBreached: BreachedPasswords;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly store: JudgeDeps['store'] &
    Bound<{
      readonly countTry: typeof countTry;
      readonly countUp: typeof countUp;
      readonly findOwner: typeof findOwner;
      readonly findUser: typeof findUser;
      readonly findDataKey: typeof findDataKey;
      readonly findCredentials: typeof findCredentials;
      readonly findRecovery: typeof findRecovery;
      readonly listFactors: typeof listFactors;
      readonly startRecovery: typeof startRecovery;
      readonly consumeFlow: typeof consumeFlow;
      readonly removeFactors: typeof removeFactors;
    }>;
}

/** How it stands after the proof. `opensAt` and `endsAt` in epoch seconds. */
export type Standing =
  | { readonly state: 'waiting'; readonly sub: UserId; readonly opensAt: number; readonly endsAt: number }
  | { readonly state: 'removed' | 'nothing'; readonly sub: UserId };

/** What is read of the person whose address was proven. */
async function accountOf({ store }: ProveAddressDeps, flow: Flow) {
  const id = await store.findOwner(flow.identHash);
  if (!id) throw new Refusal('flow_expired');
  const [user, dataKey, { enrolled }, recovery, factors] = await Promise.all([
    store.findUser(id),
    store.findDataKey(id),
    store.findCredentials(flow.identHash),
    store.findRecovery(id),
    store.listFactors(id),
  ]);
  if (user?.status !== 'active' || !dataKey) throw new Refusal('flow_expired');
  return { user, dataKey, enrolled, recovery, factors };
}

type Account = Awaited<ReturnType<typeof accountOf>>;

async function begin(deps: ProveAddressDeps, flow: Flow, { user, recovery, factors }: Account, now: number) {
  const { brand, random, store } = deps;
  const opensAt = seconds(now) + (brand.authentication.recovery?.delay ?? 0);
  const begun: FactorRecovery = {
    userId: user.id,
    nonce: random(16).toString('base64url'),
    identHash: flow.identHash,
    locale: user.locale,
    codesLeft: codesIn(factors),
    startedAt: now,
    opensAt,
    endsAt: opensAt + recoveryWindow,
  };
  const event = newEvent('factor_recovery.started', { sub: user.id }, now, random);
  check(await store.startRecovery(flow, begun, recovery, event, now), 'flow_expired');
  return begun;
}

async function remove(
  deps: ProveAddressDeps,
  flow: Flow,
  { user, dataKey, enrolled, factors }: Account,
  recovery: FactorRecovery,
  password: string | undefined,
  now: number,
): Promise<void> {
  const { random, sealing, open, seal, store } = deps;
  const key = sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek);
  const { phone, ...rest } = open(key, user.sealed, userItemKey(user.id)) as PersonalData;
  const hash = password === undefined ? undefined : await deps.hashPassword(password);
  const removal = {
    recovery,
    factors,
    summary: enrolled ?? { userId: user.id },
    phone: phone && sealing.lookup('phone', phone.number),
    sealed: seal(key, rest, userItemKey(user.id)),
    version: (user satisfies User).version,
    credential: hash === undefined ? undefined : ({ userId: user.id, hash, status: 'active', changedAt: now } as const),
    event: newEvent('factors.recovered', { sub: user.id }, now, random),
  };
  check(await store.removeFactors(flow, removal, now), 'flow_expired');
}

/**
 * Takes a proof of the address. Where no waiting time counts, it begins one; while one runs, it tells until when; once it
 * is over and every channel was told twice, it removes every second factor. A password that the policy refuses costs no
 * try; one that comes too early is not looked at (REC2).
 * @throws Refusal of the password; `too_many_requests`, `code_spent`, `flow_expired`, `code_invalid`, `unavailable`
 */
export async function proveAddress(
  deps: ProveAddressDeps,
  id: FlowId,
  input: { readonly at: Front; readonly code: string; readonly password?: string | undefined },
  from: GuessOrigin,
  now: number,
): Promise<Standing> {
  const { brand, sealing, store } = deps;
  const password = input.password === undefined ? undefined : normalisePassword(input.password);
  if (password !== undefined) {
    checkPassword(password, undefined, brand.passwords, deps.isCommon);
    await checkBreaches(password, deps.isBreached);
  }
  const network = sealing.lookup('ip', networkOf(from.ip));
  const [attempt, tries] = await Promise.all([
    store.countTry(id, { purpose: 'factor-recovery', at: input.at }, now, brand.limits.triesPerCode),
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
  ]);
  checkLimits([tries]);
  const flow = await judgeGuess(deps, attempt, input.code, from, now);
  const { email } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets;
  if (password !== undefined) checkPassword(password, email, brand.passwords, deps.isCommon);

  const account = await accountOf(deps, flow);
  const { user, enrolled, recovery, factors } = account;
  const sub = user.id;
  if (enrolledFactors(enrolled).length === 0) {
    check(await store.consumeFlow(flow, now), 'flow_expired');
    return { state: 'nothing', sub };
  }
  const state = stateOf(recovery, flow.identHash, factors, now);
  if (state === 'open' && recovery) {
    await remove(deps, flow, account, recovery, password, now);
    return { state: 'removed', sub };
  }
  if (state === 'waiting' && recovery) {
    check(await store.consumeFlow(flow, now), 'flow_expired');
    return { state, sub, opensAt: opensFrom(recovery, now), endsAt: recovery.endsAt };
  }
  const { opensAt, endsAt } = await begin(deps, flow, account, now);
  return { state: 'waiting', sub, opensAt, endsAt };
}
