import type { Brand, Client } from './brand.ts';
import { check, Refusal } from './refusal.ts';

/** The brand’s client of that id. */
export function findClient(brand: Brand, id: string): Client | undefined {
  return brand.clients.find((client) => client.id === id);
}

/**
 * The first-party application that a journey under /v1 names.
 * @throws Refusal `client_unknown`, `client_not_allowed`
 */
export function firstPartyClient(brand: Brand, id: string): Client {
  const client = findClient(brand, id);
  if (!client) throw new Refusal('client_unknown', { errors: [{ field: 'client_id', rule: 'not_allowed' }] });
  check(client.firstParty && client.authentication === 'none', 'client_not_allowed');
  return client;
}
