import type { Locale } from '../domain/brand.ts';
import type { SignInCaller } from '../domain/sign-in-caller.ts';
import { seconds } from '../domain/time.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { rememberedDevice } from './device-cookie.ts';
import type { Request } from './request.ts';

/** The caller of a sign-in, as the request tells. `now` in milliseconds. */
export function signInCaller(sealing: SealingRing, request: Request, locale: Locale, now: number): SignInCaller {
  const { ip, userAgent, edge, cookies, headers } = request;
  const remembered = (identHash: string) => rememberedDevice(sealing, identHash, cookies, seconds(now));
  return { ip, userAgent, edge, acceptLanguage: headers['accept-language'], remembered, locale };
}
