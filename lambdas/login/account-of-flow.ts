import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import { type Flow, type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import type { UserId } from '../shared/domain/id.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { findDataKey, findOwner, findUser } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface AccountOfFlowDeps {
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly findOwner: typeof findOwner;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
    readonly findCredentials: typeof findCredentials;
  }>;
}

/** Whose code was right, and what a sign-in reads of them. */
export interface FoundAccount<Known> {
  readonly userId: UserId;
  readonly email: EmailAddress;
  /** Keyed hash of the address. */
  readonly identHash: string;
  readonly enrolled: FactorSummary | undefined;
  readonly known: Known;
}

/**
 * Finds the account of a flow whose code was right: by the address that it went to, in one wave, or by the number.
 * `undefined` where nobody has it.
 * @param beside what else is read by the hash of the address, in the same wave
 * @throws Refusal `unavailable`
 */
export async function accountOfFlow<Known>(
  deps: AccountOfFlowDeps,
  flow: Flow,
  beside: (identHash: string) => Promise<Known>,
): Promise<FoundAccount<Known> | undefined> {
  const { sealing, store } = deps;
  if (flow.channel === 'text') return accountOfNumber(deps, flow, beside);
  const [userId, { enrolled }, known] = await Promise.all([
    store.findOwner(flow.identHash),
    store.findCredentials(flow.identHash),
    beside(flow.identHash),
  ]);
  const { email } = sealing.openEphemeral(flowItemKey(flow.id), flow.sealed) as FlowSecrets;
  return userId && { userId, email, identHash: flow.identHash, enrolled, known };
}

async function accountOfNumber<Known>(
  deps: AccountOfFlowDeps,
  flow: Flow,
  beside: (identHash: string) => Promise<Known>,
): Promise<FoundAccount<Known> | undefined> {
  const { sealing, store, open } = deps;
  const userId = await store.findOwner(flow.identHash);
  if (!userId) return undefined;
  const [user, key] = await Promise.all([store.findUser(userId), store.findDataKey(userId)]);
  if (!user || !key) return undefined;
  const dataKey = sealing.unwrapDataKey(userId, key.wrapped, key.kek);
  const { email } = open(dataKey, user.sealed, userItemKey(userId)) as PersonalData;
  const [{ enrolled }, known] = await Promise.all([store.findCredentials(user.identHash), beside(user.identHash)]);
  return { userId, email, identHash: user.identHash, enrolled, known };
}
