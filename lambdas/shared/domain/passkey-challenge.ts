import type { FlowId, Random } from './id.ts';
import { isSameSecret } from './same-secret.ts';
import { seconds } from './time.ts';

/** What a challenge is good for. */
export type Ceremony = 'sign-in' | 'second-factor' | 'enrolment';

/** The one ceremony of the one party that a challenge was made for: a client, a flow, a session (PK1). */
export interface ChallengeUse {
  readonly ceremony: Ceremony;
  readonly of: string;
}

/** The challenge of a sign-in without a name: good at one client. */
export const signInChallenge = (clientId: string): ChallengeUse => ({ ceremony: 'sign-in', of: clientId });

/** The challenge of a second factor: good in the flow that waits for it. */
export const secondFactorChallenge = (flow: FlowId): ChallengeUse => ({ ceremony: 'second-factor', of: flow });

/** Seconds that a person has for a ceremony. */
export const challengeLifetime = 300;

const randomBytes = 32;
const macBytes = 32;

/** The keyed function that makes challenges ours. */
export type ChallengeMac = (purpose: 'passkey', text: string) => Buffer;

function macOf(mac: ChallengeMac, { ceremony, of }: ChallengeUse, body: Buffer): Buffer {
  return mac('passkey', `${ceremony}|${of}|${body.toString('base64url')}`);
}

/**
 * A new challenge: 256 random bits, the time, and a MAC over both and its use. Nothing is written before somebody answers
 * it, so that asking costs the same for everybody; the answer spends it by one conditional write (PK1, PK9;
 * `docs/adr/0020-challenges-are-made-not-kept.md`).
 */
export function newChallenge(mac: ChallengeMac, random: Random, use: ChallengeUse, now: number): string {
  const time = Buffer.alloc(6);
  time.writeUIntBE(seconds(now), 0, 6);
  const body = Buffer.concat([random(randomBytes), time]);
  return Buffer.concat([body, macOf(mac, use, body)]).toString('base64url');
}

/**
 * Judges a challenge that came back: made by us, for this very use, and no older than five minutes.
 * @returns the epoch second after which it is too old, until when its use must be remembered
 */
export function challengeUntil(
  mac: ChallengeMac,
  challenge: string,
  use: ChallengeUse,
  now: number,
): number | undefined {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== randomBytes + 6 + macBytes || bytes.toString('base64url') !== challenge) return undefined;
  const body = bytes.subarray(0, randomBytes + 6);
  if (!isSameSecret(bytes.subarray(randomBytes + 6), macOf(mac, use, body))) return undefined;
  const until = body.readUIntBE(randomBytes, 6) + challengeLifetime;
  return until > seconds(now) ? until : undefined;
}

/** The challenge that a response says it answers; empty where it says none. Nothing is believed of it yet. */
export function challengeIn(clientData: string): string {
  try {
    const said = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8')) as { readonly challenge?: unknown };
    return typeof said.challenge === 'string' ? said.challenge : '';
  } catch {
    return '';
  }
}
