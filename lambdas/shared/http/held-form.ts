import { type Carried, openOfDay, sealForDay } from '../domain/day-sealed.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** Ten minutes is what a page may take for its work; no form is longer than a body. */
const bounds = { lifetime: 600, longest: 65_536 };

/** What is kept goes with every form anyway. */
const carried: ReadonlySet<string> = new Set(['csrf', 'ticket', 'journey', 'locale', 'back', 'held', 'proof']);

interface Held extends Carried {
  readonly fields: Readonly<Record<string, string>>;
  /** The browser that sent it, and where to: it opens for no other. */
  readonly browser: string;
  readonly path: string;
}

/** Where a form goes, and from which browser. */
export interface FormPlace {
  readonly browser: string;
  readonly path: string;
}

/**
 * Seals a form that has to wait for a proof of work, so that nobody types a password twice and none stands in a page. Only
 * the browser that sent it can send it again, for ten minutes, to where it went.
 */
export function sealForm(
  ring: SealingRing,
  { browser, path }: FormPlace,
  said: Readonly<Record<string, string>>,
  now: number,
): string {
  const fields = Object.fromEntries(Object.entries(said).filter(([name]) => !carried.has(name)));
  const held: Held = { fields, browser, path, at: now };
  return sealForDay(ring, 'HELD', held);
}

/** The fields of a form that was held; none where it is forged, another browser's, of another page or too old. */
export function openForm(
  ring: SealingRing,
  { browser, path }: FormPlace,
  text: string,
  now: number,
): Readonly<Record<string, string>> {
  const held = openOfDay<Held>(ring, 'HELD', text, bounds, now);
  return held?.browser === browser && held.path === path ? held.fields : {};
}
