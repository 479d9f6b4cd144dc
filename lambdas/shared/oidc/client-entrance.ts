import type { Entrance, WayIn } from '../domain/beginning.ts';
import type { Brand } from '../domain/brand.ts';
import { firstPartyClient } from '../domain/clients.ts';
import { check } from '../domain/refusal.ts';
import { grantedScope } from './scope.ts';

/**
 * The entrance of a client of the JSON journeys, with the scope that it asks for. Tokens come out here without a redirect
 * and without a proof of the client: for the brand's own public applications alone.
 * @throws Refusal `client_unknown`, `client_not_allowed`, `scope_not_allowed`
 */
export function clientEntrance(brand: Brand, id: string, requested: string | undefined): Entrance {
  const client = firstPartyClient(brand, id);
  const scope = grantedScope(client, requested);
  check(scope !== undefined, 'scope_not_allowed', { errors: [{ field: 'scope', rule: 'not_allowed' }] });
  return { at: 'client', client, scope };
}

/** The way in of the JSON journeys, whose tokens have the scope that is asked for, or all that their client may have. */
export function byJson(brand: Brand, requested: string | undefined): WayIn {
  return { at: 'client', entranceOf: ({ id }) => clientEntrance(brand, id, requested) };
}
