import { openOfDay, sealForDay } from '../domain/day-sealed.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** An hour is what a person may take from the first page to the last. */
const bounds = { lifetime: 3600, longest: 8192 };

/**
 * Seals a checked authorization request into a form field and a link: pages carry it from step to step, and the server
 * keeps nothing until a code is issued.
 */
export function sealTicket(ring: SealingRing, request: AuthorizationRequest): string {
  return sealForDay(ring, 'TICKET', request);
}

/** Opens a ticket; `undefined` for one that is forged or too old. `now` in milliseconds. */
export function openTicket(ring: SealingRing, ticket: string, now: number): AuthorizationRequest | undefined {
  return openOfDay(ring, 'TICKET', ticket, bounds, now);
}
