import type { Random } from '../domain/id.ts';
import { isSameSecret } from '../domain/same-secret.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Request } from './request.ts';
import { sessionMark } from './session-cookie.ts';

/** `__Host-`: no other host, sibling or parent, can set it (RFC 6265bis section 4.1.3.2). */
const name = '__Host-browser';

/** The mark of a browser that forms are bound to, and how to give it one. */
export interface BrowserMark {
  readonly nonce: string;
  /** Set-Cookie, where the browser has no mark yet. */
  readonly cookie?: string;
}

/** The browser's mark; a new one where it has none. It says nothing about who uses the browser. */
export function browserMark({ cookies }: Pick<Request, 'cookies'>, random: Random): BrowserMark {
  const known = cookies[name] ?? '';
  if (/^[A-Za-z0-9_-]{22}$/.test(known)) return { nonce: known };
  const nonce = random(16).toString('base64url');
  return { nonce, cookie: `${name}=${nonce}; Path=/; Secure; HttpOnly; SameSite=Lax` };
}

function tokenFor(ring: SealingRing, nonce: string, session: string): string {
  return ring.mac('csrf', `${nonce}|${session}`).toString('base64url');
}

/** The token that a form must bring back from this browser (OWASP "Signed Double-Submit Cookie"; WEB2). */
export function csrfToken(ring: SealingRing, nonce: string, { cookies }: Pick<Request, 'cookies'>): string {
  return tokenFor(ring, nonce, sessionMark(cookies));
}

/**
 * Whether a form came back from the browser that it was made for, and from the session that it was shown to: who changes
 * the account in another tab does not answer for the other person. A form that nobody was signed in at is nobody's.
 */
export function csrfHolds(
  ring: SealingRing,
  nonce: string,
  { cookies }: Pick<Request, 'cookies'>,
  token: string,
): boolean {
  return [sessionMark(cookies), ''].some((session) => isSameSecret(token, tokenFor(ring, nonce, session)));
}
