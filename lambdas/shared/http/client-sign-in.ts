import { type Entry, sessionOrRefusal } from '../domain/let-in.ts';
import { begunTokens } from '../oidc/begun-tokens.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { rememberBrowser } from './remember-browser.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

/** Judges what somebody shows, spends it, and says where that leads. */
type Prove = (sealing: SealingRing) => Promise<{ readonly entry: Entry; readonly identHash: string }>;

/**
 * Signs in at a client of the JSON journeys: its tokens, and a browser that is remembered as this person's (RL7).
 * The rings are opened before anything is proven, so that nothing is spent on a session that has no tokens (F21).
 * @throws Refusal what `prove` throws; `second_factor_required`, `sign_in_refused`, `unavailable`
 */
export async function signClientIn(
  runtime: Runtime,
  request: Pick<Request, 'cookies' | 'edge'>,
  now: number,
  prove: Prove,
): Promise<Reply> {
  const { brand, issuer, random } = runtime;
  const [sealing, signing] = await Promise.all([runtime.sealing(), runtime.signing()]);
  const { entry, identHash } = await prove(sealing);
  const beginning = sessionOrRefusal(entry, now);
  const cookie = rememberBrowser(runtime, sealing, request, identHash, now);
  const body = await begunTokens({ issuer, random, lifetimes: brand.lifetimes, sealing, signing, now }, beginning);
  return { status: 200, body, cookies: [cookie], audit: { sub: beginning.session.userId } };
}
