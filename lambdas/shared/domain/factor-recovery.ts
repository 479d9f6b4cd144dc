import type { Locale } from './brand.ts';
import type { UserId } from './id.ts';
import { recoveryPlaces } from './recovery-codes.ts';
import { seconds } from './time.ts';

/**
 * The waiting time before the second factors of an account may be removed by a proof of its address: a `RECOVERY#` item,
 * one of a person at a time. Nothing changes while it runs (REC2).
 */
export interface FactorRecovery {
  readonly userId: UserId;
  /** Names this one: its link stops no other. */
  readonly nonce: string;
  /** Keyed hash of the address that was proven; the same has to be proven again. */
  readonly identHash: string;
  readonly locale: Locale;
  /** Recovery codes that were left when it began. */
  readonly codesLeft: number;
  /** Milliseconds. */
  readonly startedAt: number;
  /** Epoch seconds: from then on the factors may be removed. */
  readonly opensAt: number;
  /** Epoch seconds: from then on it is as if it never was. */
  readonly endsAt: number;
  /** Milliseconds: every channel was told again. */
  readonly remindedAt?: number;
  /** Milliseconds: it was used or stopped. */
  readonly endedAt?: number;
}

/** Seconds for which the owner of the address may come back after the waiting time. */
export const recoveryWindow = 7 * 86_400;
/** Seconds before the end of the waiting time at which every channel is told again. */
const reminderBefore = 9 * 3600;

/** Seconds at least between the second telling and the removal: late ones put it off (REC2). */
export const reminderNotice = 5 * 3600;

/** Epoch seconds from which the factors may be removed; where the second telling is late, as early as it may be. */
export function opensFrom({ opensAt, remindedAt }: FactorRecovery, now: number): number {
  return Math.max(opensAt, seconds(remindedAt ?? now) + reminderNotice);
}

/** The hour, counted from the epoch, in which every channel is told again. */
export function reminderHour(opensAt: number): number {
  return Math.floor((opensAt - reminderBefore) / 3600);
}

/** What is stored of a factor, as far as its use can be told from it. */
export interface UsedFactor {
  readonly sk?: unknown;
  readonly [attribute: string]: unknown;
}

/** Length of a step of an authenticator app, in milliseconds (RFC 6238 section 4). */
const totpStep = 30_000;

/** Whether somebody has used a factor, or added one, since the waiting time began: then nothing is lost. */
export function usedSince({ startedAt, codesLeft }: FactorRecovery, factors: readonly UsedFactor[]): boolean {
  return factors.some((factor) => {
    const { lastUsedAt, lastStep, addedAt, createdAt, sk } = factor;
    const times = [lastUsedAt, addedAt, createdAt, Number(lastStep ?? 0) * totpStep].map((each) => Number(each ?? 0));
    return times.some((time) => time > startedAt) || (sk === 'recovery' && codesIn([factor]) < codesLeft);
  });
}

/** Recovery codes that are left. */
export function codesIn(factors: readonly UsedFactor[]): number {
  const codes = factors.find(({ sk }) => sk === 'recovery') ?? {};
  return recoveryPlaces().filter((place) => place in codes).length;
}

/** Where a waiting time stands. `none`: there is none that counts. */
export function stateOf(
  recovery: FactorRecovery | undefined,
  identHash: string,
  factors: readonly UsedFactor[],
  now: number,
): 'none' | 'waiting' | 'open' {
  if (!recovery || recovery.endedAt !== undefined || recovery.endsAt <= seconds(now)) return 'none';
  if (recovery.identHash !== identHash || usedSince(recovery, factors)) return 'none';
  return opensFrom(recovery, now) > seconds(now) ? 'waiting' : 'open';
}

/** The keyed function that makes the link unguessable; the sealing ring's. */
type Mac = (purpose: 'recovery-cancel', text: string) => Buffer;

/** The proof in the link that stops a removal: 256 bits, derived, hence nowhere stored. */
export function stopToken(mac: Mac, { userId, nonce }: Pick<FactorRecovery, 'userId' | 'nonce'>): string {
  return mac('recovery-cancel', `${userId}|${nonce}`).toString('base64url');
}

/** The link in each notice. Its host is configuration (VC8); opening it changes nothing (VC7). */
export function stopLink(issuer: string, mac: Mac, recovery: Pick<FactorRecovery, 'userId' | 'nonce'>): string {
  const query = new URLSearchParams({ person: recovery.userId, token: stopToken(mac, recovery) });
  return `${issuer}/recover/factors/cancel?${query}`;
}
