import type { countNearby } from '../store/alert-store.ts';
import type { Bound } from '../store/bind.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { Brand } from './brand.ts';
import { type CountedTry, codeMatches, flowOfTry, wrongCode } from './code-flow.ts';
import type { Flow } from './flow.ts';
import type { Random } from './id.ts';
import { missNeighbourhoods, type Origin } from './neighbourhoods.ts';

export interface JudgeDeps {
  readonly brand: Pick<Brand, 'abuse'>;
  readonly random: Random;
  readonly sealing: Pick<SealingRing, 'lookup' | 'mailedCode'>;
  readonly store: Bound<{ readonly countNearby: typeof countNearby }>;
}

/** Where a guess comes from. */
export type GuessOrigin = Pick<Origin, 'ip' | 'asn'>;

/**
 * Judges a counted guess at a code. A wrong one is a miss of its neighbourhood, as a wrong password is: five guesses at
 * each of many codes stay below the limits of every code, address and network (RL3, RL4). One wave, where it is wrong.
 * @throws Refusal `code_spent`, `flow_expired`, `code_invalid`, `unavailable`
 */
export async function judgeGuess(
  { brand, random, sealing, store }: JudgeDeps,
  attempt: CountedTry,
  code: string,
  { ip, asn }: GuessOrigin,
  now: number,
): Promise<Flow> {
  const flow = flowOfTry(attempt);
  if (codeMatches(flow, code, sealing.mailedCode)) return flow;
  const origin = { ip, asn, clientId: flow.clientId };
  await store.countNearby(missNeighbourhoods(brand.abuse, sealing.lookup, origin), now, random, flow.proven);
  throw wrongCode();
}
