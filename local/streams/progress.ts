/**
 * How far an event source has come: records finish out of order across lanes, and the checkpoint is the last record
 * before the first unfinished one. A restart repeats what lies behind it: delivery is at least once, as in Lambda.
 */
export interface Progress {
  /** Registers a record in stream order and returns how to finish it. */
  begin(sequenceNumber: string): () => void;
  checkpoint(): string | undefined;
}

export function createProgress(start: string | undefined): Progress {
  const open: { readonly sequenceNumber: string; done: boolean }[] = [];
  let checkpoint = start;
  return {
    begin(sequenceNumber) {
      const entry = { sequenceNumber, done: false };
      open.push(entry);
      return () => {
        entry.done = true;
        while (open[0]?.done === true) checkpoint = open.shift()?.sequenceNumber;
      };
    },
    checkpoint: () => checkpoint,
  };
}
