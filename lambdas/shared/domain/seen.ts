import type { LastPlace } from './place.ts';

/** Where something has been used. */
export interface PlacesUsed {
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Of the newest sign-in. */
  readonly last: LastPlace;
}

/** What is known of where an account is used from. Kept sealed, and short. */
export interface Seen extends PlacesUsed {
  /** Kinds of browser (`browserKind`). */
  readonly devices: readonly string[];
  /** Keyed hashes of client networks. */
  readonly networks: readonly string[];
  /** Numbers of autonomous systems. */
  readonly systems: readonly number[];
}

/** One sign-in, as far as it is remembered. */
export interface Sighting {
  readonly device: string;
  readonly network: string;
  readonly system?: number;
  readonly place: LastPlace;
}

/** Of each kind; the ones longest not seen are forgotten. */
const most = 8;

function placed<T>(list: readonly T[], value: T | undefined, newest: boolean): readonly T[] {
  if (value === undefined || value === '') return list;
  const others = list.filter((each) => each !== value);
  if (!newest && others.length < list.length) return list;
  return (newest ? [value, ...others] : [...others, value]).slice(0, most);
}

/** Adds a place, as a browser remembers it. */
export function addPlace(used: PlacesUsed | undefined, place: LastPlace): PlacesUsed {
  const newest = !used || place.at >= used.last.at;
  return {
    countries: placed(used?.countries ?? [], place.country, newest),
    last: newest ? place : used.last,
  };
}

/** Adds a sign-in. The same one twice changes nothing; one that comes late does not pass for the newest. */
export function addSighting(seen: Seen | undefined, { device, network, system, place }: Sighting): Seen {
  const newest = !seen || place.at >= seen.last.at;
  return {
    devices: placed(seen?.devices ?? [], device, newest),
    networks: placed(seen?.networks ?? [], network, newest),
    systems: placed(seen?.systems ?? [], system, newest),
    ...addPlace(seen, place),
  };
}

/** The item in which an address’s use is remembered, and the key under which it is sealed. */
export function seenItemKey(identHash: string): string {
  return `SEEN#${identHash}`;
}

/** As much of a network’s keyed hash as tells eight apart. */
export function networkMark(hash: string): string {
  return hash.slice(0, 16);
}
