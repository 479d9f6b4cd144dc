import type { ItemEvent } from './event.ts';
import type { UserId } from './id.ts';
import type { ReasonCode } from './risk.ts';
import { iso } from './time.ts';

/** How a sign-in went. `stopped`: the first proof was right, and it led nowhere. */
export type ActivityOutcome = 'signed_in' | 'denied' | 'stopped';

/** One line of what a person is shown of the use of their account. */
export interface Activity {
  readonly userId: UserId;
  /** Sorts by time; the same for every delivery of one event. */
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly outcome: ActivityOutcome;
  readonly reasons: readonly ReasonCode[];
  readonly clientId: string;
  /** `SessionDevice`, sealed under the key of this line. */
  readonly sealed: string;
}

/** A sign-in that ended after a right first proof: the line that tells of it carries its event. */
export interface StoppedSignIn {
  readonly activity: Activity;
  readonly event: ItemEvent;
}

/** The line of one event. */
export function activityId(at: number, eventId: string): string {
  return `${iso(at)}#${eventId}`;
}

/** One line an hour stands for all sign-ins that are denied in it: an attack does not write a million. */
export function deniedActivityId(at: number): string {
  return `${iso(at).slice(0, 13)}#denied`;
}

/** So does one for those whose second factor is guessed at. */
export function stoppedActivityId(at: number): string {
  return `${iso(at).slice(0, 13)}#stopped`;
}

/** The key under which the device of a line is sealed. */
export function activityItemKey(user: UserId, id: string): string {
  return `ACTIVITY#${user}#${id}`;
}
