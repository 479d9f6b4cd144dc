import { isSameSecret } from '../domain/same-secret.ts';
import type { PlacesUsed } from '../domain/seen.ts';
import type { RememberedDevice } from '../domain/sign-in-caller.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** One cookie per account and browser; the name tells accounts apart without naming them. */
function nameFor(identHash: string): string {
  return `__Host-device-${identHash.slice(0, 8)}`;
}

/** Its place is in the MAC where it has one: nobody makes an older cookie, without a place, of a newer one. */
function macOf(ring: SealingRing, identHash: string, [nonce, until, place]: readonly string[]): Buffer {
  return ring.mac('device', [identHash, nonce, until, ...(place ? [place] : [])].join('|'));
}

/** The key under which the place in a cookie is sealed: of one account and one device. */
const placeKey = (identHash: string, nonce: string) => `DEVICE-PLACE#${identHash}#${nonce}`;

/**
 * Set-Cookie for a browser that has just proven itself.
 * @param now epoch seconds
 * @param lifetime seconds
 */
export function deviceCookie(
  ring: SealingRing,
  identHash: string,
  { nonce, used }: RememberedDevice,
  now: number,
  lifetime: number,
): string {
  const until = String(now + lifetime);
  const place = used ? [ring.sealEphemeral(placeKey(identHash, nonce), used)] : [];
  const mac = macOf(ring, identHash, [nonce, until, ...place]).toString('base64url');
  const value = [nonce, until, mac, ...place].join('.');
  return `${nameFor(identHash)}=${value}; Path=/; Max-Age=${lifetime}; Secure; HttpOnly; SameSite=Lax`;
}

/** Reads the device of a request, if it is one that this account remembers and not too old. `now` in epoch seconds. */
export function rememberedDevice(
  ring: SealingRing,
  identHash: string,
  cookies: Readonly<Record<string, string>>,
  now: number,
): RememberedDevice | undefined {
  const [nonce = '', until = '', mac = '', place] = (cookies[nameFor(identHash)] ?? '').split('.');
  const expected = macOf(ring, identHash, [nonce, until, ...(place ? [place] : [])]);
  const genuine = isSameSecret(Buffer.from(mac, 'base64url'), expected);
  if (!genuine || !(Number(until) > now)) return undefined;
  if (!place) return { nonce };
  return { nonce, used: ring.openEphemeral(placeKey(identHash, nonce), place) as PlacesUsed };
}
