import type { ItemEvent } from '../domain/event.ts';
import { type FactorRecovery, reminderHour, reminderNotice, type UsedFactor } from '../domain/factor-recovery.ts';
import type { FactorSummary } from '../domain/factors.ts';
import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import { seconds } from '../domain/time.ts';
import { absent, after, any, atMost, type Clause, equals, present } from './clauses.ts';
import { type Item, updateWhere } from './conditional-write.ts';
import { type PasswordCredential, resetPasswordStep } from './credential-store.ts';
import { type FactorKey, removeFactorStep, replaceSummarySteps } from './factor-store.ts';
import { consumeStep } from './flow-store.ts';
import { passkeyOwnerKey } from './passkey-store.ts';
import { read, readAll } from './read.ts';
import { only, type Tables } from './tables.ts';
import { put, remove, transact, update } from './transaction.ts';
import { changeUserStep, ownsAddressStep, releaseAddressStep, signOutChange } from './user-store.ts';

const keyOf = (user: UserId) => ({ pk: `RECOVERY#${user}`, sk: only });
const dueKey = (hour: number, user: UserId) => ({ pk: `RECOVERY#due-${hour}`, sk: user });

/** @throws Refusal `unavailable` */
export async function findRecovery(tables: Tables, user: UserId): Promise<FactorRecovery | undefined> {
  const item = await read(tables, tables.sessions, keyOf(user));
  return item && { ...(item as unknown as FactorRecovery), userId: user };
}

/**
 * Begins the waiting time by a proof of the address, which is consumed. `replaced`: the one that was read and no longer
 * counts; of two proofs at once one begins it.
 * @throws Refusal `unavailable`
 */
export async function startRecovery(
  tables: Tables,
  flow: Flow,
  recovery: FactorRecovery,
  replaced: FactorRecovery | undefined,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const { userId, ...attributes } = recovery;
  const ttl = recovery.endsAt + 86_400;
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    ownsAddressStep(tables, flow.identHash, userId),
    put(tables.sessions, { ...keyOf(userId), ...attributes, event, ttl }, [
      replaced ? equals('nonce', replaced.nonce) : absent('pk'),
    ]),
    put(tables.sessions, { ...dueKey(reminderHour(recovery.opensAt), userId), nonce: recovery.nonce, ttl }),
  ]);
  return outcome.done;
}

/** Consumes a proof of the address that changes nothing. @throws Refusal `unavailable` */
export async function consumeFlow(tables: Tables, flow: Flow, now: number): Promise<boolean> {
  return (await transact(tables, [consumeStep(tables, flow, now)])).done;
}

/** The waiting time of this nonce goes on. */
const running = (nonce: string) => [equals('nonce', nonce), absent('endedAt')];

/** Stops a waiting time: one conditional write, the same that its use needs. @throws Refusal `unavailable` */
export async function stopRecovery(
  tables: Tables,
  { userId, nonce }: Pick<FactorRecovery, 'userId' | 'nonce'>,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const change = { set: { endedAt: now, event } };
  return (await updateWhere(tables, tables.sessions, keyOf(userId), change, running(nonce))).done;
}

/** Waiting times of which every channel is to be told again in an hour. @throws Refusal `unavailable` */
export async function dueRecoveries(
  tables: Tables,
  hour: number,
): Promise<readonly Pick<FactorRecovery, 'userId' | 'nonce'>[]> {
  const items = await readAll(tables, tables.sessions, `RECOVERY#due-${hour}`);
  return items.map(({ sk, nonce }) => ({ userId: sk as UserId, nonce: String(nonce) }));
}

/** Has every channel told again, once. @throws Refusal `unavailable` */
export async function remindOfRecovery(
  tables: Tables,
  { userId, nonce }: Pick<FactorRecovery, 'userId' | 'nonce'>,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const change = { set: { remindedAt: now, event } };
  const conditions = [...running(nonce), absent('remindedAt')];
  return (await updateWhere(tables, tables.sessions, keyOf(userId), change, conditions)).done;
}

/** Everything that goes when the factors do, as it was read. */
export interface FactorsRemoval {
  readonly recovery: FactorRecovery;
  readonly factors: readonly Item[];
  readonly summary: FactorSummary;
  /** Keyed hash of the proven number. */
  readonly phone: string | undefined;
  /** The person's data without the number, and the version that it changes. */
  readonly sealed: string;
  readonly version: number;
  readonly credential: PasswordCredential | undefined;
  readonly event: ItemEvent;
}

/** A factor as it was read: one that was used meanwhile makes the removal fail. */
function unused(factor: UsedFactor): readonly Clause[] {
  return ['lastUsedAt', 'lastStep', 'counter'].map((name) =>
    factor[name] === undefined ? absent(name) : equals(name, factor[name]),
  );
}

/**
 * Removes every second factor by a fresh proof of the address, after the waiting time: they, the waiting time, the
 * number and all sessions end with one transaction, in which a password may be set; browsers that were disowned stay so
 * (LOG5). `false` where anything of it was
 * used, stopped or changed meanwhile.
 * @throws Refusal `unavailable`
 */
export async function removeFactors(
  tables: Tables,
  flow: Flow,
  removal: FactorsRemoval,
  now: number,
): Promise<boolean> {
  const { recovery, factors, summary, phone, sealed, version, credential, event } = removal;
  const { userId } = recovery;
  const { devicesValidFrom } = summary;
  const left = devicesValidFrom === undefined ? {} : { devicesValidFrom };
  const signOut = signOutChange({ validFrom: now });
  const set = { ...signOut.set, sealed, version: version + 1, updatedAt: now, event };
  const change = { set, remove: [...(signOut.remove ?? []), 'codeChannel'] };
  const hashes = factors.flatMap(({ sk }) => (String(sk).startsWith('passkey#') ? [String(sk).slice(8)] : []));
  const outcome = await transact(tables, [
    consumeStep(tables, flow, now),
    update(tables.sessions, keyOf(userId), { set: { endedAt: now } }, [
      ...running(recovery.nonce),
      // Nobody loses factors who was not told twice, whatever became of the reminder.
      atMost('remindedAt', now - (reminderNotice - 1) * 1000),
      atMost('opensAt', seconds(now)),
      after('endsAt', seconds(now)),
    ]),
    ...replaceSummarySteps(tables, flow.identHash, userId, left, summary),
    ...factors.map((factor) => removeFactorStep(tables, userId, String(factor.sk) as FactorKey, unused(factor))),
    ...hashes.map((hash) =>
      remove(tables.directory, passkeyOwnerKey(hash), [any(absent('pk'), equals('userId', userId))]),
    ),
    ...(phone ? [releaseAddressStep(tables, phone, userId)] : []),
    changeUserStep(tables, userId, change, 'proof', [present('pk'), equals('version', version)]),
    ...(credential ? [resetPasswordStep(tables, flow.identHash, credential, flow.startedAt)] : []),
  ]);
  return outcome.done;
}
