import type { Limit } from './brand.ts';
import { hardest, type WorkProof } from './proof.ts';
import { Refusal } from './refusal.ts';
import type { Counted } from './throttle.ts';

/** What a counted try has to show before it is judged. */
export type WorkDemand =
  | { readonly next: 'judge' }
  /** `retryAfter` where there are so many tries that waiting is the other way. */
  | { readonly next: 'prove'; readonly level: number; readonly retryAfter?: number }
  | { readonly next: 'wait'; readonly retryAfter: number };

/** Each doubling of the tries that were proven doubles the work of the next. */
function levelAfter(proven: number): number {
  return Math.min(hardest, 1 + Math.floor(Math.log2(proven + 1)));
}

/** So many proven tries work of a level lets through: one that was a step easier than it would be now still counts. */
function provenBy(level: number): number {
  return level >= hardest - 1 ? Number.POSITIVE_INFINITY : 2 ** (level + 1) - 1;
}

/**
 * Which part of a counter a start moves, and how far it may, all in the condition of its write: those without work up to
 * what is free; those with work apart from them, as far as that work goes.
 */
export function startPart(
  { max, free }: Limit,
  proof: WorkProof | undefined,
): { readonly part: 'n' | 'proven'; readonly most: number } {
  if (free === undefined) return { part: 'n', most: max };
  if (proof === undefined) return { part: 'n', most: free };
  return { part: 'proven', most: Math.min(max - free, provenBy(proof.level)) };
}

/** A counter as if one more was counted: what a start would be told that is made now. */
export function oneMore(had: Counted, proof: WorkProof | undefined): Counted {
  const { count, proven = 0, free } = had;
  const isProven = free !== undefined && proof !== undefined;
  return isProven ? { ...had, proven: proven + 1 } : { ...had, count: count + 1 };
}

const until = (counted: readonly Counted[]) => Math.max(...counted.map(({ retryAfter }) => retryAfter));

/**
 * Decides before anything is judged: so many tries are free; those beyond take work, which grows; and there is an end to
 * those too. Tries without work do not use up those with work, so that whoever floods an account does not lock its owner
 * out of a new browser (RL1, RL7).
 * @param alertLevel work that is asked for where the request comes from
 * @param held the proof that came with the request, spent; a challenge that was a step easier than one would be now counts
 */
export function workDemand(counted: readonly Counted[], alertLevel: number, held: WorkProof | undefined): WorkDemand {
  const before = (proven: number) => Math.max(0, held === undefined ? proven : proven - 1);
  const takesWork = ({ free, count }: Counted) => free !== undefined && (held !== undefined || count > free);
  // Work that would not be let through is not asked for.
  const spent = counted.filter((each) => {
    const { free, max, count, proven = 0 } = each;
    if (free === undefined) return count > max;
    return (takesWork(each) || alertLevel > 0) && before(proven) >= max - free;
  });
  if (spent.length > 0) return { next: 'wait', retryAfter: until(spent) };

  const busy = counted.filter(takesWork);
  const level = Math.max(alertLevel, ...busy.map(({ proven = 0 }) => levelAfter(before(proven))));
  if (level <= 0 || (held !== undefined && held.level >= level - 1)) return { next: 'judge' };
  const flooded = busy.filter(({ count, max }) => count > max);
  return { next: 'prove', level, ...(flooded.length > 0 && { retryAfter: until(flooded) }) };
}

/**
 * A demand in words: prove, or wait.
 * @param challenge for `prove`
 * @returns nothing where the try may be judged
 */
export function demandRefusal(demand: WorkDemand, challenge: unknown): Refusal | undefined {
  if (demand.next === 'judge') return undefined;
  const { retryAfter } = demand;
  const code = retryAfter === undefined ? 'challenge_required' : 'too_many_requests';
  return new Refusal(code, {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(demand.next === 'prove' && { members: { challenge } }),
  });
}
