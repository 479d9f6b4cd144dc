import type { Beginning } from '../domain/beginning.ts';
import type { Client } from '../domain/brand.ts';
import type { Visit } from './page-visit.ts';
import { rememberBrowser } from './remember-browser.ts';
import type { Reply } from './reply.ts';
import type { Runtime } from './runtime.ts';
import { sessionCookie } from './session-cookie.ts';

/** The entrance of hosted pages: a proof made there begins a browser session. */
export const atBrowser = (client: Client) => ({ at: 'browser', client }) as const;

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
