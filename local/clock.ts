/**
 * The virtual clock: real time plus an offset that only grows. The offset lives in shared memory, so that a move is seen
 * by every function worker at once, in the middle of an invocation too.
 */
export interface Clock {
  /** Milliseconds since the epoch, as functions see them. */
  now(): number;
  /** Moves time forward to an instant (ms); an instant that has passed changes nothing. */
  moveTo(instant: number): void;
  /** Offset against real time in ms, for persistence. */
  offset(): number;
  /** One signed 64-bit integer: the offset in ms. Handed to the workers. */
  readonly shared: SharedArrayBuffer;
}

export function createClock(initialOffset: number): Clock {
  const shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const cell = new BigInt64Array(shared);
  Atomics.store(cell, 0, BigInt(Math.max(0, Math.round(initialOffset))));
  const offset = () => Number(Atomics.load(cell, 0));
  const now = () => Date.now() + offset();
  return {
    now,
    offset,
    shared,
    moveTo(instant) {
      const ahead = Math.round(instant - now());
      if (ahead > 0) Atomics.add(cell, 0, BigInt(ahead));
    },
  };
}
