/** The middle of the values, which a few slow ones do not move. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** How many times the greater is the smaller. */
export function ratio(a: number, b: number): number {
  return Math.max(a, b) / Math.min(a, b);
}
