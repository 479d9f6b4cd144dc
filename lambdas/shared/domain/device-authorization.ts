import type { Assurance, Method } from './assurance.ts';
import type { Random, SessionId, UserId } from './id.ts';
import { seconds } from './time.ts';

/** A device that waits for a person to let it in from another one (RFC 8628). */
export interface DeviceAuthorization {
  /** Keyed hash of its user code: the table knows no code. */
  readonly hash: string;
  /** Ties the device code to this item. */
  readonly nonce: string;
  readonly clientId: string;
  /** Space-separated. */
  readonly scope: string;
  readonly state: 'pending' | 'allowed' | 'denied' | 'used';
  /** Seconds between two polls; grows by five with each that comes too soon (RFC 8628 section 3.5). */
  readonly interval: number;
  /** Milliseconds of the last poll. */
  readonly polledAt?: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly approval?: DeviceApproval;
}

/** Who let the device in. The session's id is of that moment, so that signing out everywhere since then counts. */
export interface DeviceApproval extends Assurance {
  readonly userId: UserId;
  readonly session: SessionId;
  /** Proofs that the session of the browser counted for, as do `acr` and `amr`. */
  readonly methods: readonly Method[];
  /** Epoch seconds. */
  readonly authTime: number;
}

/** Seconds that a person has; the codes die with it. */
export const deviceLifetime = 600;
/** Seconds between two polls at first, and by how much a hasty device is slowed down. */
export const pollInterval = 5;

/** Letters that nobody takes for another one, and that spell no word (RFC 8628 section 6.1). */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** Eight letters of twenty, 34.5 bits: with its ten minutes and the limit on tries, beyond guessing. */
export function newUserCode(random: Random): string {
  const letters: string[] = [];
  while (letters.length < length) {
    // Bytes beyond the last whole multiple of twenty would favour some letters.
    const fair = [...random(length)].filter((byte) => byte < 240);
    letters.push(...fair.map((byte) => alphabet.charAt(byte % alphabet.length)));
  }
  return letters.slice(0, length).join('');
}

/** As a person may type it: any case, any dashes and spaces. `undefined` for what cannot be a code. */
export function readUserCode(text: string): string | undefined {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '');
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined;
}

/** `BCDF-GHJK`: two halves are easier to copy. */
export function shownUserCode(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/** Whether a person can still decide. */
export function awaitsDecision(device: DeviceAuthorization | undefined, now: number): device is DeviceAuthorization {
  return device !== undefined && device.state === 'pending' && device.expiresAt > seconds(now);
}
