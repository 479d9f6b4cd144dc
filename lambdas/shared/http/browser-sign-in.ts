import type { Beginning } from '../domain/beginning.ts';
import type { Client } from '../domain/brand.ts';
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
