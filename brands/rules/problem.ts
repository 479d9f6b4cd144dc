import type { BrandDefinition } from '../brand-definition.ts';

/** What is wrong with one key: `clients[0].redirectUris[1]` and the rest of the sentence after it. */
export interface Problem {
  readonly key: string;
  /** Continues the key: `"http://x" must be https (http only for localhost)`. Names the allowed values. */
  readonly says: string;
}

/** One rule file: all problems of its part of a brand, in the order of the brand's keys. */
export type Rule = (brand: BrandDefinition) => Iterable<Problem>;

/** `"value"` as a problem quotes it. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** Problems of values that may occur only once: the second and later ones. `key` names the place of index `i`. */
export function* duplicates(values: readonly string[], key: (i: number) => string): Generator<Problem> {
  for (const [i, value] of values.entries()) {
    const first = values.indexOf(value);
    if (first !== i) yield { key: key(i), says: `${quoted(value)} is already ${key(first)}; each may occur once` };
  }
}

/** A problem if a whole number is outside its bounds, both included. */
export function* outside(key: string, value: number, min: number, max: number, unit = ''): Generator<Problem> {
  if (value < min || value > max)
    yield { key, says: `${value} must be between ${min} and ${max}${unit && ` ${unit}`}` };
}
