import { type Entry, sessionOrRefusal } from '../domain/let-in.ts';
import { begunTokens } from '../oidc/begun-tokens.ts';
import { rememberBrowser } from './remember-browser.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

/**
 * Where a proof leads at a client of the JSON journeys: its tokens, and a browser that is remembered as this person's (RL7).
 * @throws Refusal `second_factor_required`, `unavailable`
 */
export async function signClientIn(
  runtime: Runtime,
  request: Pick<Request, 'cookies' | 'edge'>,
  { entry, identHash }: { readonly entry: Entry; readonly identHash: string },
  now: number,
): Promise<Reply> {
  const beginning = sessionOrRefusal(entry, now);
  const { brand, issuer, random } = runtime;
  const [sealing, signing] = await Promise.all([runtime.sealing(), runtime.signing()]);
  const cookie = rememberBrowser(runtime, sealing, request, identHash, now);
  const body = await begunTokens({ issuer, random, lifetimes: brand.lifetimes, sealing, signing, now }, beginning);
  return { status: 200, body, cookies: [cookie], audit: { sub: beginning.session.userId } };
}
