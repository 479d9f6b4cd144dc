import type { Tables } from './tables.ts';

/** A verb of any shape after its tables. */
type Verb = (tables: Tables, ...rest: never[]) => unknown;

/** Store verbs as a use case takes them: without the tables. */
export type Bound<V extends Record<string, Verb>> = {
  readonly [K in keyof V]: V[K] extends (tables: Tables, ...rest: infer R) => infer O ? (...rest: R) => O : never;
};

/** Binds store verbs to the tables of this function; only a handler does so. */
export function bind<V extends Record<string, Verb>>(tables: Tables, verbs: V): Bound<V> {
  const entries = Object.entries(verbs).map(
    ([name, verb]) => [name, (...rest: never[]) => verb(tables, ...rest)] as const,
  );
  return Object.fromEntries(entries) as Bound<V>;
}
