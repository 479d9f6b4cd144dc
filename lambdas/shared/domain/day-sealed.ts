import type { SealingRing } from '../vault/sealing-ring.ts';

/** What a browser carries for us from page to page, sealed; the server keeps nothing of it. */
export interface Carried {
  /** Milliseconds at which it began. */
  readonly at: number;
}

type Kind = 'TICKET' | 'JOURNEY' | 'HELD';

/** A new key each day and of each kind, so that no key seals more than a day's pages (NIST SP 800-38D section 8.3). */
const keyName = (kind: Kind, day: number) => `${kind}#${day}`;

/** Seals under the key of the day on which it began. Nobody can read or change it (WEB3, WEB4). */
export function sealForDay(ring: Pick<SealingRing, 'sealEphemeral'>, kind: Kind, carried: Carried): string {
  const day = Math.floor(carried.at / 86_400_000);
  return `${day}.${ring.sealEphemeral(keyName(kind, day), carried)}`;
}

/** How old it may be, in seconds, and how long, in characters. */
export interface Bounds {
  readonly lifetime: number;
  readonly longest: number;
}

/** Opens what was sealed so; `undefined` for what is forged, of another kind, too long or too old. `now` in milliseconds. */
export function openOfDay<T extends Carried>(
  ring: Pick<SealingRing, 'openEphemeral'>,
  kind: Kind,
  text: string,
  { lifetime, longest }: Bounds,
  now: number,
): T | undefined {
  const [day = '', sealed = ''] = text.split('.');
  if (!/^\d{1,7}$/.test(day) || text.length > longest) return undefined;
  try {
    const carried = ring.openEphemeral(keyName(kind, Number(day)), sealed) as T;
    return now - carried.at <= lifetime * 1000 ? carried : undefined;
  } catch {
    return undefined;
  }
}
