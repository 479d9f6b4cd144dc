import { type Carried, openOfDay, sealForDay } from '../domain/day-sealed.ts';
import type { EmailAddress } from '../domain/email-address.ts';
import type { FlowId } from '../domain/id.ts';
import type { PhoneNumber } from '../domain/phone-number.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** What one page tells the next: sealed into links and forms, so that no address ever stands in a URL or a log (LG1). */
export interface Journey extends Carried {
  readonly email: EmailAddress;
  readonly flow?: FlowId;
  /** The proof of a mailed link that was opened here. */
  readonly link?: string;
}

/** A journey of somebody who is known by a number alone. */
export interface TextedJourney extends Carried {
  readonly phone: PhoneNumber;
  readonly flow?: FlowId;
}

/** An hour is what a person may take from one page to the next. */
const bounds = { lifetime: 3600, longest: 2048 };

/** Seals a journey. */
export function sealJourney(ring: SealingRing, journey: Journey | TextedJourney): string {
  return sealForDay(ring, 'JOURNEY', journey);
}

/** Opens a journey; `undefined` for one that is forged or too old. `now` in milliseconds. */
export function openJourney(ring: SealingRing, text: string, now: number): Journey | TextedJourney | undefined {
  return openOfDay(ring, 'JOURNEY', text, bounds, now);
}
