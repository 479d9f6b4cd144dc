import type { Brand } from '../domain/brand.ts';
import type { BrowserSession } from '../domain/browser-session.ts';
import { isRecent } from '../domain/recent-sign-in.ts';
import type { SignedInPerson } from '../domain/signed-in-person.ts';
import type { Visit } from './page-visit.ts';
import type { Reply } from './reply.ts';

/** Whether a sign-in is recent enough for what could take the account away (EM1; ASVS 7.5.1). `now` in milliseconds. */
export function recentlySignedIn(brand: Brand, { authTime }: BrowserSession, now: number): boolean {
  return isRecent(brand, authTime, now);
}

/**
 * To the sign-in, and from there back to this page: with the person's address filled in where they are signed in and only
 * have to prove it anew.
 */
export function signInAgain({ path, goTo }: Visit, person?: SignedInPerson): Reply {
  const back = { back: path };
  if (!person) return goTo('/sign-in', path === '/account' ? {} : back);
  return goTo('/sign-in', { ...back, notice: 'again', journey: { email: person.personal.email } });
}

/** To the second factor, and from there back to this page: the sign-in is recent, but of a lower level than is asked for. */
export function stepUp({ path, goTo }: Visit): Reply {
  return goTo('/sign-in/second-factor', { back: path });
}
