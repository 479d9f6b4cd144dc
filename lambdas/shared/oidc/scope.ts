import type { Brand, Client } from '../domain/brand.ts';

/** Who may have which scopes at a brand. */
export type ScopeHolders = Pick<Brand, 'clients' | 'dynamicRegistration'>;

/**
 * What is left of a requested scope without values that nobody here knows, for requests that a person is asked about (OIDC
 * Core section 3.1.2.1). Of nothing but such values all is left, and refused: none at all would ask for everything.
 */
export function knownScope({ clients, dynamicRegistration }: ScopeHolders, requested: string | undefined) {
  const held = [...clients.map(({ scopes }) => scopes), dynamicRegistration?.scopes ?? []];
  const known = (requested ?? '').split(' ').filter((scope) => held.some((scopes) => scopes.includes(scope)));
  return known.length > 0 ? known.join(' ') : requested;
}

/**
 * The scope that a client gets: what it asks for if it may, what it is registered for if it asks for nothing
 * (RFC 6749 section 3.3). `undefined` where it asks for more.
 */
export function grantedScope(client: Client, requested: string | undefined): string | undefined {
  if (requested === undefined || requested.trim() === '') return client.scopes.join(' ');
  const asked = [...new Set(requested.trim().split(/ +/))];
  return asked.every((scope) => client.scopes.includes(scope)) ? asked.join(' ') : undefined;
}

/** Of a granted scope, what the client is still registered for. */
export function heldScope(client: Client, granted: string): string {
  return granted
    .split(' ')
    .filter((scope) => client.scopes.includes(scope))
    .join(' ');
}

/** The narrowed scope of a refresh: never more than was granted (RFC 6749 section 6). */
export function narrowedScope(granted: string, requested: string | undefined): string | undefined {
  if (requested === undefined || requested.trim() === '') return granted;
  const held = new Set(granted.split(' '));
  const asked = [...new Set(requested.trim().split(/ +/))];
  return asked.every((scope) => held.has(scope)) ? asked.join(' ') : undefined;
}

/** Whether a space-separated scope has this very value. */
export function hasScope(granted: string, scope: string): boolean {
  return granted.split(' ').includes(scope);
}
