import { type HandleSubject, handle, readHandle } from '../oidc/bearer-handle.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** `__Host-`: this host alone, over TLS alone, for every path (RFC 6265bis section 4.1.3.2; SES1). */
const name = '__Host-session';
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** Set-Cookie of a signed-in browser. `lifetime` in seconds; the table decides, the cookie only does not outlive it. */
export function sessionCookie(ring: SealingRing, subject: HandleSubject, lifetime: number): string {
  return `${name}=${handle(ring, 'session', subject)}; Max-Age=${lifetime}; ${attributes}`;
}

/** Set-Cookie that forgets the session. */
export const noSessionCookie = `${name}=; Max-Age=0; ${attributes}`;

/** What the browser carries of its session, as it is: tells one session from the next, proves nothing. */
export function sessionMark(cookies: Readonly<Record<string, string>>): string {
  return cookies[name] ?? '';
}

/** Whose browser session a request claims; an edited or unsigned cookie is none (SES6). */
export function claimedSession(
  ring: SealingRing,
  cookies: Readonly<Record<string, string>>,
): HandleSubject | undefined {
  return readHandle(ring, 'session', cookies[name] ?? '');
}
