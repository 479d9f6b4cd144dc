import type { FactorSummary } from '../domain/factors.ts';
import type { Flow } from '../domain/flow.ts';
import type { UserId } from '../domain/id.ts';
import { type FactorChange, factorChangeSteps } from './change-factors.ts';
import { absent, any, atMost, equals, present } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { changeFactorStep, putFactorStep, removeFactorStep, summaryKey } from './factor-store.ts';
import { consumeStep } from './flow-store.ts';
import { read } from './read.ts';
import { only, type Tables } from './tables.ts';
import { put, transact, update } from './transaction.ts';
import { releaseAddressStep } from './user-store.ts';

const numberKey = (identHash: string) => ({ pk: `IDENT#${identHash}`, sk: only });

/** Whose number it is, and the keyed hash of the address that their factors are filed under. */
export interface NumberOwner {
  readonly userId: UserId;
  readonly address: string;
  /** Milliseconds. */
  readonly provenAt: number;
}

/** @throws Refusal `unavailable` */
export async function findNumber(tables: Tables, identHash: string): Promise<NumberOwner | undefined> {
  const item = await read(tables, tables.directory, numberKey(identHash));
  return item && { userId: item.userId, address: String(item.address), provenAt: Number(item.provenAt) };
}

/**
 * Notes beside the factors that a sign-in reads that no text reaches the owner's number. Nothing where they have none
 * any more. @throws Refusal `unavailable`
 */
export async function noteUnreachable(tables: Tables, { userId, address }: NumberOwner): Promise<void> {
  const change = { set: { unreachable: true }, add: { version: 1 } };
  const conditions = [equals('userId', userId), equals('sms', true)];
  await updateWhere(tables, tables.directory, summaryKey(address), change, conditions);
}

/** The step that lets a number name the address that its owner moves to. */
export function readdressNumberStep(tables: Tables, identHash: string, userId: UserId, address: string) {
  return update(tables.directory, numberKey(identHash), { set: { address } }, [equals('userId', userId)]);
}

/**
 * The step that notes a use of the number by a code: it is still the one that the code went to (EM4), and whoever uses it
 * has not lost it (REC2).
 */
export function useNumberStep(tables: Tables, flow: Flow, user: UserId, at: number) {
  const { channel, identHash, startedAt } = flow;
  const same = channel === 'text' ? equals('identHash', identHash) : atMost('addedAt', startedAt);
  return changeFactorStep(tables, user, 'phone', { set: { lastUsedAt: at } }, [equals('state', 'active'), same]);
}

/** A number that its owner has proven. */
export interface PhoneFactor {
  /** The number, sealed under the person's data key. */
  readonly sealed: string;
  /** Keyed hash of the number that it takes the place of. */
  readonly replaces: string | undefined;
}

/**
 * Makes a number count, by the code that was sent to it (EM2): it is the person's identifier, their factor and a part of
 * their data with one transaction, and the number before is nobody's. What was reported of texts before no longer counts.
 * @returns `taken` where another account has it; `gone` where the flow or the session are over or the person changed
 * @throws Refusal `unavailable`
 */
export async function addPhone(
  tables: Tables,
  flow: Flow,
  { sealed, replaces }: PhoneFactor,
  change: FactorChange,
  now: number,
): Promise<'added' | 'taken' | 'gone'> {
  const { id: userId } = change.user;
  const { identHash } = flow;
  const factor = { sealed, identHash, addedAt: now, state: 'active' };
  const outcome = await transact(tables, [
    put(
      tables.directory,
      { ...numberKey(identHash), userId, kind: 'phone', address: change.user.identHash, provenAt: now },
      [any(absent('pk'), equals('userId', userId))],
    ),
    consumeStep(tables, flow, now),
    putFactorStep(tables, userId, 'phone', factor, []),
    ...(replaces && replaces !== identHash ? [releaseAddressStep(tables, replaces, userId)] : []),
    ...factorChangeSteps(tables, change, { set: { sms: true }, remove: ['unreachable'] }, now),
  ]);
  if (outcome.done) return 'added';
  return outcome.failed === 0 ? 'taken' : 'gone';
}

/**
 * Takes a number away with all that it was good for, codes that went to it among that; under the condition that what was read of the other factors still
 * holds.
 * @param identHash keyed hash of the number
 * @throws Refusal `unavailable`
 */
export async function removePhone(
  tables: Tables,
  identHash: string,
  removal: { readonly seen: FactorSummary; readonly withRecoveryCodes: boolean },
  change: FactorChange,
  now: number,
): Promise<boolean> {
  const { id } = change.user;
  const { seen, withRecoveryCodes } = removal;
  const remove = ['sms', 'textsSince', 'unreachable', ...(withRecoveryCodes ? (['recovery'] as const) : [])] as const;
  const outcome = await transact(tables, [
    removeFactorStep(tables, id, 'phone', [present('pk')]),
    releaseAddressStep(tables, identHash, id),
    ...(withRecoveryCodes ? [removeFactorStep(tables, id, 'recovery', [])] : []),
    ...factorChangeSteps(tables, change, { set: { textsUntil: now }, remove, seen }, now),
  ]);
  return outcome.done;
}

/**
 * Files how sign-in codes travel, on the person and beside the factors that a sign-in reads, with one transaction.
 * @throws Refusal `unavailable`
 */
export async function fileCodeChannel(
  tables: Tables,
  channel: 'mail' | 'text',
  change: FactorChange,
  now: number,
): Promise<boolean> {
  const byMail = { set: { textsUntil: now }, remove: ['textsSince'] as const };
  const summary = channel === 'text' ? { set: { textsSince: now } } : byMail;
  return (await transact(tables, factorChangeSteps(tables, change, summary, now))).done;
}
