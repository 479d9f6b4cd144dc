import { type Entry, sessionOrRefusal } from '../domain/let-in.ts';
import { seconds } from '../domain/time.ts';
import { begunTokens } from '../oidc/begun-tokens.ts';
import { deviceCookie } from './device-cookie.ts';
import type { Reply } from './reply.ts';
import type { Runtime } from './runtime.ts';

/**
 * Where a proof leads at a client of the JSON journeys: its tokens, and a browser that is remembered as this person's (RL7).
 * @throws Refusal `second_factor_required`, `unavailable`
 */
export async function signClientIn(
  runtime: Runtime,
  { entry, identHash }: { readonly entry: Entry; readonly identHash: string },
  now: number,
): Promise<Reply> {
  const beginning = sessionOrRefusal(entry, now);
  const { brand, issuer, random } = runtime;
  const [sealing, signing] = await Promise.all([runtime.sealing(), runtime.signing()]);
  const nonce = random(12).toString('base64url');
  const cookie = deviceCookie(sealing, identHash, nonce, seconds(now), brand.lifetimes.rememberedDevice);
  const body = await begunTokens({ issuer, random, lifetimes: brand.lifetimes, sealing, signing, now }, beginning);
  return { status: 200, body, cookies: [cookie], audit: { sub: beginning.session.userId } };
}
