import type { Random } from './id.ts';

/** What a proof of work is for: a proof for one thing, of one account, from one network serves no other. */
export interface ProofBinding {
  readonly purpose: 'password' | 'second-factor' | 'start';
  /** Keyed hash of the identifier. */
  readonly identHash: string;
  /** Keyed hash of the network. */
  readonly network: string;
}

/** A proof of work in the form of ALTCHA (altcha-lib 2): what a client solves with that library or with a page's script. */
export interface Challenge {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly signature: string;
}

/** A proof that holds, before it is spent. */
export interface WorkProof {
  /** How hard it was. */
  readonly level: number;
  /** Names it: it counts once. */
  readonly id: string;
  /** Epoch seconds after which it is worth nothing. */
  readonly until: number;
}

/** The hardest level; twice as hard as the one below it. */
export const hardest = 6;

/** Iterations of PBKDF2 in one step of a search: about half a millisecond. */
export const stepCost = 2000;

/** Steps that the first level takes on average: a seventh of a second on a desktop computer, under a second on an old phone. */
const firstLevel = 250;

/**
 * The step at which a search succeeds: random, so that nobody can begin at it, and within bounds, so that nobody waits
 * several times as long as his neighbour.
 */
export function solvingStep(level: number, random: Random): number {
  const mean = firstLevel * 2 ** (Math.min(Math.max(level, 1), hardest) - 1);
  return Math.floor(mean / 2) + (random(4).readUInt32BE() % mean);
}
