import type { Beginning } from '../domain/beginning.ts';
import type { Client } from '../domain/brand.ts';
import { flowItemKey } from '../domain/flow.ts';
import type { Entry, PendingSecrets } from '../domain/let-in.ts';
import { seconds } from '../domain/time.ts';
import { deviceCookie } from './device-cookie.ts';
import type { Visit } from './page-visit.ts';
import type { Reply } from './reply.ts';
import type { Runtime } from './runtime.ts';
import { sessionCookie } from './session-cookie.ts';

/** The entrance of hosted pages: a proof made there begins a browser session. */
export const atBrowser = (client: Client) => ({ at: 'browser', client }) as const;

/** Signs the browser in by a session that a proof has begun, remembers it as this person's (RL7), and goes on. */
export function signBrowserIn(
  { brand, random }: Runtime,
  { sealing, now, finish }: Visit,
  { beginning, identHash }: { readonly beginning: Beginning; readonly identHash: string },
): Reply {
  const { userId: user, id: session } = beginning.session;
  const { refreshAbsolute, rememberedDevice } = brand.lifetimes;
  const nonce = random(12).toString('base64url');
  const cookies = [
    sessionCookie(sealing, { user, session }, refreshAbsolute),
    deviceCookie(sealing, identHash, nonce, seconds(now), rememberedDevice),
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
  const { id: flow, sealed, userId } = entry.pending;
  const { email } = visit.sealing.openEphemeral(flowItemKey(flow), sealed) as PendingSecrets;
  const reply = visit.goTo('/sign-in/second-factor', { journey: { email, flow } });
  return { ...reply, ...(userId && { audit: { sub: userId } }) };
}
