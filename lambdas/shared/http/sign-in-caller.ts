import type { OpenCaller } from '../domain/begin-open-flow.ts';
import type { Locale } from '../domain/brand.ts';
import type { GuessOrigin } from '../domain/judge-guess.ts';
import type { SignInCaller } from '../domain/sign-in-caller.ts';
import { seconds } from '../domain/time.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { rememberedDevice } from './device-cookie.ts';
import type { Request } from './request.ts';

/** Where a guess comes from, as the request tells. */
export function guessOrigin({ ip, edge }: Request): GuessOrigin {
  return { ip, asn: edge.asn };
}

/** Whoever asks for a code, as the request tells. @param proof of work; `now` in milliseconds */
export function openCaller(
  sealing: SealingRing,
  { ip, edge, cookies, headers }: Request,
  proof: string | undefined,
  now: number,
): OpenCaller {
  const remembered = (identHash: string) => rememberedDevice(sealing, identHash, cookies, seconds(now));
  return { ip, asn: edge.asn, acceptLanguage: headers['accept-language'], proof, remembered };
}

/** The caller of a sign-in, as the request tells. `now` in milliseconds. */
export function signInCaller(sealing: SealingRing, request: Request, locale: Locale, now: number): SignInCaller {
  const { ip, userAgent, edge, cookies, headers } = request;
  const remembered = (identHash: string) => rememberedDevice(sealing, identHash, cookies, seconds(now));
  return { ip, userAgent, edge, acceptLanguage: headers['accept-language'], remembered, locale };
}
