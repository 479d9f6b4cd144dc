import type { EmailAddress } from '../domain/email-address.ts';
import type { FlowId } from '../domain/id.ts';
import type { PhoneNumber } from '../domain/phone-number.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** What one page tells the next: sealed into links and forms, so that no address ever stands in a URL or a log (LG1). */
export interface Journey {
  readonly email: EmailAddress;
  readonly flow?: FlowId;
  /** The proof of a mailed link that was opened here. */
  readonly link?: string;
  /** Milliseconds. */
  readonly at: number;
}

/** A journey of somebody who is known by a number alone. */
export interface TextedJourney {
  readonly phone: PhoneNumber;
  readonly flow?: FlowId;
  /** Milliseconds. */
  readonly at: number;
}

/** Seconds that a person may take from one page to the next. */
const lifetime = 3600;
const keyName = (day: number) => `JOURNEY#${day}`;
const dayOf = (milliseconds: number) => Math.floor(milliseconds / 86_400_000);

/** Seals a journey under a key of its day. */
export function sealJourney(ring: SealingRing, journey: Journey | TextedJourney): string {
  const day = dayOf(journey.at);
  return `${day}.${ring.sealEphemeral(keyName(day), journey)}`;
}

/** Opens a journey; `undefined` for one that is forged or too old. `now` in milliseconds. */
export function openJourney(ring: SealingRing, text: string, now: number): Journey | TextedJourney | undefined {
  const [day = '', sealed = ''] = text.split('.');
  if (!/^\d{1,7}$/.test(day) || text.length > 2048) return undefined;
  try {
    const journey = ring.openEphemeral(keyName(Number(day)), sealed) as Journey | TextedJourney;
    return now - journey.at <= lifetime * 1000 ? journey : undefined;
  } catch {
    return undefined;
  }
}
