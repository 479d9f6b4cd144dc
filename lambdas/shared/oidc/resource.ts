import type { Client } from '../domain/brand.ts';

/** Whether a resource indicator names the API that the client's tokens are for; there is no other (RFC 8707 section 2). */
export function resourceIsOwn({ audience }: Pick<Client, 'audience'>, resource: string | undefined): boolean {
  return resource === undefined || resource === audience;
}
