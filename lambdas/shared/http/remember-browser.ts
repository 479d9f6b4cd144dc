import { keptPlace } from '../domain/place.ts';
import { addPlace } from '../domain/seen.ts';
import { seconds } from '../domain/time.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { deviceCookie, rememberedDevice } from './device-cookie.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

/**
 * Set-Cookie that remembers the browser of a request as the account's own (RL7), and where it was used. A browser that is
 * known keeps its name: who signs in again and again gets no counter anew (RL4). `now` in ms.
 */
export function rememberBrowser(
  { brand, random }: Pick<Runtime, 'brand' | 'random'>,
  sealing: SealingRing,
  { cookies, edge }: Pick<Request, 'cookies' | 'edge'>,
  identHash: string,
  now: number,
): string {
  const before = rememberedDevice(sealing, identHash, cookies, seconds(now));
  const nonce = before?.nonce ?? random(12).toString('base64url');
  const device = { nonce, used: addPlace(before?.used, keptPlace(edge, now)) };
  return deviceCookie(sealing, identHash, device, seconds(now), brand.lifetimes.rememberedDevice);
}
