import { relyingParty } from '../domain/passkey.ts';
import { newChallenge, signInChallenge } from '../domain/passkey-challenge.ts';
import { discoverableOptions, type RequestOptions } from '../domain/passkey-options.ts';
import type { Visit } from './page-visit.ts';
import type { Runtime } from './runtime.ts';

/** What a page asks a browser for that may have a passkey of somebody: made without a look at anything (PK9). */
export function passkeyQuestion(
  { brand, issuer, random }: Runtime,
  { sealing, client, now }: Pick<Visit, 'sealing' | 'client' | 'now'>,
): RequestOptions {
  const challenge = newChallenge(sealing.mac, random, signInChallenge(client.id), now);
  return discoverableOptions(relyingParty(brand, issuer), challenge);
}
