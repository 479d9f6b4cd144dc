import type { Random, UserId } from './id.ts';
import { isSameSecret } from './same-secret.ts';

/** Crockford's base 32: no letter that is taken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits; 64 are asked of what a person keeps (NIST SP 800-63B-4, saved recovery codes; MFA6). */
const letters = 16;
const group = 4;

/** How many a person has at a time. */
export const recoveryCodeCount = 10;

/** A set of codes, bare. */
export function newRecoveryCodes(random: Random): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    // 32 divides 256: every letter is as likely.
    [...random(letters)].map((byte) => alphabet.charAt(byte % alphabet.length)).join(''),
  );
}

/** `7K3M-…`: groups are easier to copy. */
export function shownRecoveryCode(code: string): string {
  return code.match(new RegExp(`.{${group}}`, 'g'))?.join('-') ?? code;
}

/** As a person may type it: any case, dashes, spaces, O for 0, I and L for 1. `undefined` for what cannot be one. */
export function readRecoveryCode(text: string): string | undefined {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === letters && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined;
}

/** The set of a person as it is stored: by keyed hash, each under a place of its own, gone once used. */
export type RecoveryCodes = Readonly<Record<string, unknown>>;

/** Keyed function of codes; the sealing ring's. The key is in no table, so a copy of the table is worth nothing. */
export type RecoveryMac = (purpose: 'recovery-code', text: string) => Buffer;

function hashOf(mac: RecoveryMac, user: UserId, code: string): string {
  return mac('recovery-code', `${user}|${code}`).toString('base64url');
}

/** `code0` … `code9`. */
export function recoveryPlaces(): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, (_, at) => `code${at}`);
}

/** What is stored of a new set. */
export function storedRecoveryCodes(mac: RecoveryMac, user: UserId, codes: readonly string[]): RecoveryCodes {
  return Object.fromEntries(codes.map((code, at) => [`code${at}`, hashOf(mac, user, code)]));
}

/** A code of the set that is still there: its place, its hash, and how many are left after it. */
export interface FoundRecoveryCode {
  readonly place: string;
  readonly hash: string;
  readonly left: number;
}

/** Finds a code in a person's set, in constant time for each. */
export function findRecoveryCode(
  mac: RecoveryMac,
  user: UserId,
  stored: RecoveryCodes,
  code: string,
): FoundRecoveryCode | undefined {
  const hash = hashOf(mac, user, code);
  const kept = recoveryPlaces().filter((place) => typeof stored[place] === 'string');
  const place = kept.find((each) => isSameSecret(hash, String(stored[each])));
  return place === undefined ? undefined : { place, hash, left: kept.length - 1 };
}
