import type { SealingRing } from '../vault/sealing-ring.ts';

/** Seconds that a form is kept while its page does its work. */
const lifetime = 600;

/** What is kept goes with every form anyway. */
const carried: ReadonlySet<string> = new Set(['csrf', 'ticket', 'journey', 'locale', 'back', 'held', 'proof']);

interface Held {
  readonly fields: Readonly<Record<string, string>>;
  /** The browser that sent it, and where to: it opens for no other. */
  readonly browser: string;
  readonly path: string;
  /** Milliseconds. */
  readonly at: number;
}

const keyName = (day: number) => `HELD#${day}`;
const dayOf = (milliseconds: number) => Math.floor(milliseconds / 86_400_000);

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
  const day = dayOf(now);
  return `${day}.${ring.sealEphemeral(keyName(day), held)}`;
}

/** The fields of a form that was held; none where it is forged, another browser's, of another page or too old. */
export function openForm(
  ring: SealingRing,
  { browser, path }: FormPlace,
  text: string,
  now: number,
): Readonly<Record<string, string>> {
  const [day = '', sealed = ''] = text.split('.');
  if (!/^\d{1,7}$/.test(day)) return {};
  try {
    const held = ring.openEphemeral(keyName(Number(day)), sealed) as Held;
    const own = held.browser === browser && held.path === path && now - held.at <= lifetime * 1000;
    return own ? held.fields : {};
  } catch {
    return {};
  }
}
