import type { FlowId } from './id.ts';

/** The keyed function that makes the link unguessable; the sealing ring's. */
type Mac = (purpose: 'cancel', text: string) => Buffer;

/**
 * The proof in the link that stops a change of address: 256 bits, derived, hence nowhere stored. It is bound to one
 * flow and does nothing else (VC4).
 */
export function cancelToken(mac: Mac, id: FlowId): string {
  return mac('cancel', id).toString('base64url');
}

/** The link in the notice to the old address. Its host is configuration (VC8); opening it changes nothing (VC7). */
export function cancelLink(issuer: string, mac: Mac, id: FlowId): string {
  const query = new URLSearchParams({ flow: id, token: cancelToken(mac, id) });
  return `${issuer}/email-change/cancel?${query}`;
}
