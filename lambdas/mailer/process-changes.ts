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
}

/**
 * Works through a batch and tells which changes failed (F15). Where one has to wait, for SES or a table, the later ones
 * of the same party wait too, so that an older code never arrives after a newer. One that can never succeed holds up
 * nobody.
 */
export async function processChanges<C extends Placed>(
  changes: readonly C[],
  { partyOf, deal, report }: Work<C>,
): Promise<readonly string[]> {
  const failed: string[] = [];
  const inTurn = async (ofOneParty: readonly C[]) => {
    let waiting = false;
    for (const change of ofOneParty) {
      try {
        if (!waiting) await deal(change);
        else failed.push(change.sequence);
      } catch (error) {
        report(change, error);
        failed.push(change.sequence);
        waiting = error instanceof Refusal && error.code === 'unavailable';
      }
    }
  };
  await Promise.all([...Map.groupBy(changes, partyOf).values()].map(inTurn));
  return failed;
}
