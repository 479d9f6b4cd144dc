import { createHash, timingSafeEqual } from 'node:crypto';
import type { Brand, Client } from '../domain/brand.ts';
import { findClient } from '../domain/clients.ts';
import { demand, OAuthRefusal } from './oauth-refusal.ts';

/** What a request to a protocol endpoint shows of its client (RFC 6749 section 2.3). */
export interface ClientCredentials {
  readonly id: string;
  readonly secret?: string;
  readonly method: Client['authentication'];
}

interface PresentedParameters {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
}

/** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new OAuthRefusal('invalid_client', 'the Authorization header is malformed');
  }
}

function fromBasic(header: string): ClientCredentials {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header) ?? [];
  demand(encoded !== undefined, 'invalid_client', 'the Authorization header is malformed');
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  demand(colon > 0, 'invalid_client', 'the Authorization header is malformed');
  const [id, secret] = [formDecode(text.slice(0, colon)), formDecode(text.slice(colon + 1))];
  return { id, secret, method: 'client_secret_basic' };
}

/**
 * Reads the client's credentials. Two methods at once are refused (RFC 6749 section 2.3; OP14).
 * @throws OAuthRefusal `invalid_request`, `invalid_client`
 */
export function presentedClient(authorization: string | undefined, parameters: PresentedParameters): ClientCredentials {
  const { client_id: id, client_secret: secret } = parameters;
  if (authorization !== undefined) {
    demand(secret === undefined, 'invalid_request', 'the client authenticates in two ways at once');
    const basic = fromBasic(authorization);
    demand(id === undefined || id === basic.id, 'invalid_request', 'client_id differs from the Authorization header');
    return basic;
  }
  demand(id !== undefined && id !== '', 'invalid_client', 'client_id is missing');
  return secret === undefined ? { id, method: 'none' } : { id, secret, method: 'client_secret_post' };
}

function secretMatches(secret: string, hashes: readonly string[]): boolean {
  const given = createHash('sha256').update(secret).digest();
  // Each hash is compared, so that the time does not tell which of two was close (TK10).
  const verdicts = hashes.map((hash) => {
    const expected = Buffer.from(hash, 'base64url');
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return verdicts.includes(true);
}

/**
 * Authenticates the client by the one method that it is registered for (OP14).
 * @param secretHashes SHA-256 hashes, base64url, of the client's secrets
 * @throws OAuthRefusal `invalid_client`
 */
export async function authenticateClient(
  brand: Brand,
  presented: ClientCredentials,
  secretHashes: (clientId: string) => Promise<readonly string[]>,
): Promise<Client> {
  const client = findClient(brand, presented.id);
  const known = client !== undefined && client.authentication === presented.method;
  demand(known, 'invalid_client', 'client authentication failed');
  if (client.authentication === 'none') return client;
  const matches = secretMatches(presented.secret ?? '', await secretHashes(client.id));
  demand(matches, 'invalid_client', 'client authentication failed');
  return client;
}
