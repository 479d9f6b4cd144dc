import type { Entrance } from '../domain/beginning.ts';
import type { Client } from '../domain/brand.ts';
import { check } from '../domain/refusal.ts';
import { grantedScope } from './scope.ts';

/** The entrance of a client of the JSON journeys, with the scope that it asks for. @throws Refusal `scope_not_allowed` */
export function clientEntrance(client: Client, requested: string | undefined): Entrance {
  const scope = grantedScope(client, requested);
  check(scope !== undefined, 'scope_not_allowed', { errors: [{ field: 'scope', rule: 'not_allowed' }] });
  return { at: 'client', client, scope };
}
