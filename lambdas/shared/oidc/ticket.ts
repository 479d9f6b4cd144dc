import type { SealingRing } from '../vault/sealing-ring.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** Seconds that a person may take from the first page to the last. */
const lifetime = 3600;

/** A new key each day, so that no key seals more than a day's requests (NIST SP 800-38D section 8.3). */
function keyName(day: number): string {
  return `TICKET#${day}`;
}

const dayOf = (milliseconds: number) => Math.floor(milliseconds / 86_400_000);

/**
 * Seals a checked authorization request into a form field and a link: pages carry it from step to step, and the server
 * keeps nothing until a code is issued. Nobody can read or change it (WEB3, WEB4).
 */
export function sealTicket(ring: SealingRing, request: AuthorizationRequest): string {
  const day = dayOf(request.at);
  return `${day}.${ring.sealEphemeral(keyName(day), request)}`;
}

/** Opens a ticket; `undefined` for one that is forged or too old. `now` in milliseconds. */
export function openTicket(ring: SealingRing, ticket: string, now: number): AuthorizationRequest | undefined {
  const [day = '', sealed = ''] = ticket.split('.');
  if (!/^\d{1,7}$/.test(day) || ticket.length > 8192) return undefined;
  try {
    const request = ring.openEphemeral(keyName(Number(day)), sealed) as AuthorizationRequest;
    return now - request.at <= lifetime * 1000 ? request : undefined;
  } catch {
    return undefined;
  }
}
