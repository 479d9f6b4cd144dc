import type { Beginning } from '../domain/beginning.ts';
import type { Client } from '../domain/brand.ts';
import { flowItemKey } from '../domain/flow.ts';
import type { Entry, PendingSecrets } from '../domain/let-in.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Visit } from './page-visit.ts';
import { rememberBrowser } from './remember-browser.ts';
import type { Reply } from './reply.ts';
import type { Runtime } from './runtime.ts';
import { sessionCookie } from './session-cookie.ts';

/** The entrance of hosted pages: a proof made there begins a browser session. */
export const atBrowser = (client: Client) => ({ at: 'browser', client }) as const;

/** The way in of the pages. */
export const onPages = { at: 'browser', entranceOf: atBrowser } as const;

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
