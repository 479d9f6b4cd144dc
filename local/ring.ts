/** Keeps the newest `capacity` values and forgets older ones. */
export interface Ring<T> {
  push(value: T): void;
  /** Oldest first. */
  values(): readonly T[];
}

export function createRing<T>(capacity: number): Ring<T> {
  let kept: T[] = [];
  return {
    push(value) {
      kept.push(value);
      // Cutting once per `capacity` values keeps a push cheap.
      if (kept.length >= capacity * 2) kept = kept.slice(-capacity);
    },
    values: () => kept.slice(-capacity),
  };
}
