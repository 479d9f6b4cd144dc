import { Refusal } from '../shared/domain/refusal.ts';

interface Placed {
  /** Place in the stream. */
  readonly sequence: string;
}

export interface Work<C> {
  /** Changes of one party are dealt with in their order, those of several at the same time. */
  readonly partyOf: (change: C) => string;
  readonly deal: (change: C) => Promise<unknown>;
  readonly report: (change: C, error: unknown) => void;
  /** Puts away what can never be dealt with, after a while. @returns whether that has happened */
  readonly bury: (sequence: string) => Promise<boolean>;
}

/**
 * Works through a batch and tells which changes failed (F15). Where one has to wait, for SES or a table, the later ones
 * of the same party wait too, so that an older code never arrives after a newer. One that can never succeed holds up
 * nobody of its batch, and is put away after a while: else it would hold up the stream until it is too old (F16).
 */
export async function processChanges<C extends Placed>(
  changes: readonly C[],
  { partyOf, deal, report, bury }: Work<C>,
): Promise<readonly string[]> {
  const failed: string[] = [];
  const inTurn = async (ofOneParty: readonly C[]) => {
    let waiting = false;
    for (const change of ofOneParty) {
      const { sequence } = change;
      try {
        if (!waiting) await deal(change);
        else failed.push(sequence);
      } catch (error) {
        report(change, error);
        waiting = error instanceof Refusal && error.code === 'unavailable';
        if (waiting || !(await bury(sequence))) failed.push(sequence);
      }
    }
  };
  await Promise.all([...Map.groupBy(changes, partyOf).values()].map(inTurn));
  return failed;
}
