import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import { type Flow, type FlowSecrets, flowItemKey } from '../shared/domain/flow.ts';
import type { UserId } from '../shared/domain/id.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { findNumber } from '../shared/store/phone-store.ts';
import type { findDataKey, findOwner, findUser } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface AccountOfFlowDeps {
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly findOwner: typeof findOwner;
    readonly findNumber: typeof findNumber;
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
 * Finds the account of a flow whose code was right: by the address that it went to, in one wave, or by the number, in two.
 * `undefined` where nobody has it, or the address is moving just now.
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
  const found = await store.findNumber(flow.identHash);
  if (!found) return undefined;
  const { userId, address: identHash } = found;
  const [user, key, { enrolled }, known] = await Promise.all([
    store.findUser(userId),
    store.findDataKey(userId),
    store.findCredentials(identHash),
    beside(identHash),
  ]);
  // What was read of the factors is theirs only at the address that they sign in with (MFA5).
  if (!key || user?.identHash !== identHash) return undefined;
  const dataKey = sealing.unwrapDataKey(userId, key.wrapped, key.kek);
  const { email } = open(dataKey, user.sealed, userItemKey(userId)) as PersonalData;
  return { userId, email, identHash, enrolled, known };
}
