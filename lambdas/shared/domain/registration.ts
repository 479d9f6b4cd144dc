import type { Brand, Client, DynamicRegistration } from './brand.ts';

/** What a client says of itself beside what decides about it; returned as it came (RFC 7591 section 2). */
export interface ClientAddressBook {
  readonly client_uri?: string;
  readonly logo_uri?: string;
  readonly tos_uri?: string;
  readonly policy_uri?: string;
}

/** What registration keeps of a client; scopes and audience are within what the brand file allows today. */
export interface Registration {
  readonly client: Omit<Client, 'firstParty' | 'selfRegistered' | 'audience' | 'origins' | 'pkceExempt' | 'exchange'>;
  readonly uris: ClientAddressBook;
  /** SHA-256 of its secrets, base64url; empty where it has none. */
  readonly secretHashes: readonly string[];
  /** SHA-256 of its registration access token, base64url (RFC 7592 section 3). */
  readonly accessHash: string;
  /** Epoch seconds. */
  readonly registeredAt: number;
  /** Counts changes; a change names the version it saw. */
  readonly version: number;
}

/** A registration with the client that it makes today. */
export interface RegisteredClient {
  readonly client: Client;
  readonly registration: Registration;
}

/** The client that a registration makes: never more than the brand file allows now, and never one of the brand's own. */
export function clientOf(allowed: DynamicRegistration, { client }: Registration): Client {
  return {
    ...client,
    scopes: client.scopes.filter((scope) => allowed.scopes.includes(scope)),
    audience: allowed.audience,
    origins: [],
    firstParty: false,
    selfRegistered: true,
  };
}

/** The registered client where the brand still lets clients register themselves. */
export function registeredClient(
  { dynamicRegistration: allowed }: Brand,
  registration: Registration | undefined,
): RegisteredClient | undefined {
  return allowed && registration && { client: clientOf(allowed, registration), registration };
}
