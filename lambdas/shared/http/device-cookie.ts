import { timingSafeEqual } from 'node:crypto';
import type { SealingRing } from '../vault/sealing-ring.ts';

/**
 * Marks a browser in which the owner of an account has signed in, so that a flood of wrong passwords from elsewhere does
 * not lock him out (RL7; OWASP "Slow Down Online Guessing Attacks with Device Cookies"). It signs nobody in.
 */
export interface RememberedDevice {
  /** Names the device's own counter. */
  readonly nonce: string;
}

/** One cookie per account and browser; the name tells accounts apart without naming them. */
function nameFor(identHash: string): string {
  return `__Host-device-${identHash.slice(0, 8)}`;
}

function macOf(ring: SealingRing, identHash: string, nonce: string, until: string): Buffer {
  return ring.mac('device', `${identHash}|${nonce}|${until}`);
}

/**
 * Set-Cookie for a browser that has just proven itself.
 * @param now epoch seconds
 * @param lifetime seconds
 */
export function deviceCookie(
  ring: SealingRing,
  identHash: string,
  nonce: string,
  now: number,
  lifetime: number,
): string {
  const until = String(now + lifetime);
  const value = `${nonce}.${until}.${macOf(ring, identHash, nonce, until).toString('base64url')}`;
  return `${nameFor(identHash)}=${value}; Path=/; Max-Age=${lifetime}; Secure; HttpOnly; SameSite=Lax`;
}

/** Reads the device of a request, if it is one that this account remembers and not too old. `now` in epoch seconds. */
export function rememberedDevice(
  ring: SealingRing,
  identHash: string,
  cookies: Readonly<Record<string, string>>,
  now: number,
): RememberedDevice | undefined {
  const [nonce = '', until = '', mac = ''] = (cookies[nameFor(identHash)] ?? '').split('.');
  const expected = macOf(ring, identHash, nonce, until);
  const given = Buffer.from(mac, 'base64url');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  return genuine && Number(until) > now ? { nonce } : undefined;
}
