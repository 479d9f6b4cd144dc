import { createHash } from 'node:crypto';
import type { Client } from '../domain/brand.ts';
import { isSameSecret } from '../domain/same-secret.ts';
import { assertedClient, assertionType } from './client-assertion.ts';
import { demand, OAuthRefusal } from './oauth-refusal.ts';

/** What a request to a protocol endpoint shows of its client (RFC 6749 section 2.3). */
export type ClientCredentials =
  | {
      readonly id: string;
      readonly secret?: string;
      readonly method: Exclude<Client['authentication'], 'private_key_jwt'>;
    }
  | { readonly id: string; readonly assertion: string; readonly method: 'private_key_jwt' };

/** The parameters by which a client may name and authenticate itself. */
export interface PresentedParameters {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly client_assertion?: string | undefined;
  readonly client_assertion_type?: string | undefined;
}

/** What decides about the two kinds of credentials. */
export interface AuthenticationDeps {
  /** SHA-256 hashes, base64url, of the client's secrets. */
  readonly secretHashes: (clientId: string) => Promise<readonly string[]>;
  /** Verifies and spends an assertion. @throws OAuthRefusal `invalid_client` */
  readonly spendAssertion: (client: Client, assertion: string) => Promise<void>;
}

/** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new OAuthRefusal('invalid_client', 'the Authorization header is malformed');
  }
}

function fromBasic(header: string) {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header) ?? [];
  demand(encoded !== undefined, 'invalid_client', 'the Authorization header is malformed');
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  demand(colon > 0, 'invalid_client', 'the Authorization header is malformed');
  const [id, secret] = [formDecode(text.slice(0, colon)), formDecode(text.slice(colon + 1))];
  return { id, secret, method: 'client_secret_basic' } as const;
}

/** RFC 7521 section 4.2: `client_id` may be left out, and is the assertion's subject where it is not. */
function fromAssertion({
  client_id: id,
  client_assertion: assertion,
  client_assertion_type: type,
}: PresentedParameters) {
  demand(assertion !== undefined, 'invalid_request', 'client_assertion is missing');
  demand(type === assertionType, 'invalid_client', 'client_assertion_type is not supported');
  const asserted = assertedClient(assertion);
  demand(id === undefined || id === asserted, 'invalid_client', 'client authentication failed');
  return { id: asserted, assertion, method: 'private_key_jwt' } as const;
}

/**
 * Reads the client's credentials. Two methods at once are refused (RFC 6749 section 2.3; OP14).
 * @throws OAuthRefusal `invalid_request`, `invalid_client`
 */
export function presentedClient(authorization: string | undefined, parameters: PresentedParameters): ClientCredentials {
  const { client_id: id, client_secret: secret } = parameters;
  const asserts = parameters.client_assertion !== undefined || parameters.client_assertion_type !== undefined;
  const ways = [authorization !== undefined, secret !== undefined, asserts].filter(Boolean).length;
  demand(ways <= 1, 'invalid_request', 'the client authenticates in two ways at once');
  if (asserts) return fromAssertion(parameters);
  if (authorization !== undefined) {
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
  const verdicts = hashes.map((hash) => isSameSecret(given, Buffer.from(hash, 'base64url')));
  return verdicts.includes(true);
}

/**
 * Authenticates a client, if there is one of that id, by the one method that it is registered for (OP14).
 * @throws OAuthRefusal `invalid_client`
 */
export async function authenticateClient(
  client: Client | undefined,
  presented: ClientCredentials,
  { secretHashes, spendAssertion }: AuthenticationDeps,
): Promise<Client> {
  const known = client !== undefined && client.authentication === presented.method;
  demand(known, 'invalid_client', 'client authentication failed');
  if (presented.method === 'none') return client;
  if (presented.method === 'private_key_jwt') {
    await spendAssertion(client, presented.assertion);
    return client;
  }
  const matches = secretMatches(presented.secret ?? '', await secretHashes(client.id));
  demand(matches, 'invalid_client', 'client authentication failed');
  return client;
}
