import type { Locale } from './brand.ts';
import type { PlacesUsed } from './seen.ts';
import type { SessionDevice } from './session.ts';

/**
 * Marks a browser in which the owner of an account has signed in, so that a flood of wrong passwords from elsewhere does
 * not lock him out (RL7; OWASP "Slow Down Online Guessing Attacks with Device Cookies"). It signs nobody in.
 */
export interface RememberedDevice {
  /** Names the device's own counter. */
  readonly nonce: string;
  /** Where it was used; nothing in a cookie of an older version. */
  readonly used?: PlacesUsed;
}

/** Who asks to be signed in, on whatever route: what the risk is judged by. */
export interface SignInCaller extends SessionDevice {
  /** The browser, where the owner of the address has signed in there before. */
  readonly remembered: (identHash: string) => RememberedDevice | undefined;
  readonly acceptLanguage: string | undefined;
  /** In which a mail about this sign-in is written. */
  readonly locale: Locale;
}

/** What of the caller a session keeps, sealed. */
export function deviceOf({ ip, userAgent, edge }: SessionDevice): SessionDevice {
  return { ip, userAgent, ...(edge && { edge }) };
}
