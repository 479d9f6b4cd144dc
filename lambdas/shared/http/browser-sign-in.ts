import type { Beginning, WayIn } from '../domain/beginning.ts';
import { flowItemKey } from '../domain/flow.ts';
import type { Entry, PendingSecrets } from '../domain/let-in.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Visit } from './page-visit.ts';
import { rememberBrowser } from './remember-browser.ts';
import type { Reply } from './reply.ts';
import type { Runtime } from './runtime.ts';
import { claimedSession, sessionCookie } from './session-cookie.ts';

/** The way in of the pages: a proof made there begins a browser session, and ends the one that was there (SES2). */
export function onPages({ sealing, request }: Pick<Visit, 'sealing' | 'request'>): WayIn {
  const claimed = claimedSession(sealing, request.cookies);
  return { at: 'browser', entranceOf: (client) => ({ at: 'browser', client, claimed }) };
}

/** Signs the browser in by a session that a proof has begun, remembers it as this person's (RL7), and goes on. */
export function signBrowserIn(
  runtime: Runtime,
  { sealing, now, request, finish }: Visit,
  { beginning, identHash }: { readonly beginning: Beginning; readonly identHash: string },
): Reply {
  const { userId: user, id: session } = beginning.session;
  const cookies = [
    sessionCookie(sealing, { user, session }, runtime.brand.lifetimes.refreshAbsolute),
    rememberBrowser(runtime, sealing, request, identHash, now),
  ];
  return { ...finish({ cookies }), audit: { sub: user } };
}

/** Goes where a proof on a page leads: signs the browser in, or on to the page of the second factor (MFA5). */
export function followEntry(
  runtime: Runtime,
  visit: Visit,
  { entry, identHash }: { readonly entry: Entry; readonly identHash: string },
): Reply {
  if (entry.to === 'session') return signBrowserIn(runtime, visit, { beginning: entry.beginning, identHash });
  if (entry.to === 'nowhere') throw new Refusal('sign_in_refused');
  const { id: flow, sealed, userId } = entry.pending;
  const { email } = visit.sealing.openEphemeral(flowItemKey(flow), sealed) as PendingSecrets;
  const reply = visit.goTo('/sign-in/second-factor', { journey: { email, flow } });
  return { ...reply, ...(userId && { audit: { sub: userId } }) };
}
