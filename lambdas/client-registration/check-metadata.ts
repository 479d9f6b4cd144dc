import type { Brand, Client, ClientKey, DynamicRegistration } from '../shared/domain/brand.ts';
import type { ClientAddressBook, Registration } from '../shared/domain/registration.ts';
import { clientKeyFault, isKeyId } from '../shared/oidc/client-key-fault.ts';
import { demand, OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import { isPlainHttps, isSafeRedirectUri } from '../shared/oidc/redirect-uri.ts';
import { checkName } from './check-name.ts';
import { type ClientMetadata, clientMetadata, refusedMembers } from './client-metadata.ts';

/** A client that was described well, and its addresses that are given back as they came. */
export interface CheckedMetadata {
  readonly client: Omit<Registration['client'], 'id'>;
  readonly uris: ClientAddressBook;
}

const addressMembers = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'] as const;

/** RFC 7591 section 3.2.2: one code for redirect URIs, one for everything else. */
function read(body: unknown): ClientMetadata {
  const result = clientMetadata.safeParse(body);
  if (result.success) return result.data;
  const [member = 'body'] = result.error.issues[0]?.path ?? [];
  const code = member === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata';
  throw new OAuthRefusal(code, `${String(member)} has a value that is not supported`);
}

function checkRefused(body: object): void {
  demand(!('software_statement' in body), 'invalid_software_statement', 'software statements are not supported');
  const said = new Map(Object.entries(body));
  const [asked] = Object.keys(refusedMembers).filter((name) => said.has(name) && said.get(name) !== false);
  demand(asked === undefined, 'invalid_client_metadata', `${asked}: ${refusedMembers[asked ?? '']}`);
}

/** RFC 7591 section 2: codes go to exact https addresses, or to the machine that the browser runs on (RFC 8252). */
function checkRedirects({ redirect_uris: uris = [], grant_types: grants }: ClientMetadata): readonly string[] {
  const wrong = uris.find((uri) => !isSafeRedirectUri(uri));
  demand(
    wrong === undefined,
    'invalid_redirect_uri',
    'redirect_uris must be https (http for loopback), without fragment',
  );
  const needed = grants.includes('authorization_code');
  demand(!needed || uris.length > 0, 'invalid_redirect_uri', 'redirect_uris is missing');
  return [...new Set(uris)];
}

function checkAddresses(metadata: ClientMetadata): ClientAddressBook {
  for (const member of addressMembers) {
    const uri = metadata[member];
    demand(uri === undefined || isPlainHttps(uri), 'invalid_client_metadata', `${member} must be https`);
  }
  const said = addressMembers.flatMap((member) => (metadata[member] ? [[member, metadata[member]] as const] : []));
  return Object.fromEntries(said);
}

function checkKeys({ jwks, token_endpoint_auth_method: method }: ClientMetadata): Client['jwks'] {
  const keyed = method === 'private_key_jwt';
  demand(
    keyed === (jwks !== undefined),
    'invalid_client_metadata',
    'jwks comes with private_key_jwt, and only with it',
  );
  if (!jwks) return undefined;
  const keys = jwks.keys.map(({ use: _, ...key }) => key as ClientKey);
  for (const [at, key] of keys.entries()) {
    const fault = isKeyId(key.kid) ? clientKeyFault(key) : 'needs a kid of letters, digits and . _ ~ -';
    demand(fault === undefined, 'invalid_client_metadata', `jwks.keys[${at}] ${fault}`);
  }
  const ids = new Set(keys.map(({ kid }) => kid));
  demand(ids.size === keys.length, 'invalid_client_metadata', 'jwks holds one kid twice');
  return { keys };
}

function checkScopes(allowed: DynamicRegistration, { scope, grant_types: grants }: ClientMetadata): readonly string[] {
  const refreshes = grants.includes('refresh_token');
  const possible = allowed.scopes.filter((each) => each !== 'offline_access' || refreshes);
  if (scope === undefined) return possible;
  const asked = [...new Set(scope.split(' ').filter(Boolean))];
  const within = asked.length > 0 && asked.every((each) => possible.includes(each));
  demand(within, 'invalid_client_metadata', `scope must be of ${possible.join(' ')}`);
  return asked;
}

/**
 * Holds what a client says of itself to what works here (DCR1): addresses first, then methods, keys, scope and name.
 * @throws OAuthRefusal `invalid_redirect_uri`, `invalid_client_metadata`, `invalid_software_statement`
 */
export function checkMetadata(brand: Brand, allowed: DynamicRegistration, body: object): CheckedMetadata {
  checkRefused(body);
  const metadata = read(body);
  const redirectUris = checkRedirects(metadata);
  const uris = checkAddresses(metadata);
  const { post_logout_redirect_uris: after = [], grant_types: grants, response_types: responses } = metadata;
  demand(after.every(isSafeRedirectUri), 'invalid_client_metadata', 'post_logout_redirect_uris must be https');
  const byCode = grants.includes('authorization_code');
  const begins = byCode || grants.includes('urn:ietf:params:oauth:grant-type:device_code');
  demand(begins, 'invalid_client_metadata', 'grant_types must hold one by which tokens begin');
  const answered = responses === undefined || responses.length > 0 === byCode;
  demand(answered, 'invalid_client_metadata', 'response_types does not fit grant_types');
  const pushes = metadata.require_pushed_authorization_requests;
  const jwks = checkKeys(metadata);
  const userinfoAlg = metadata.userinfo_signed_response_alg;
  return {
    client: {
      name: checkName(brand, metadata),
      authentication: metadata.token_endpoint_auth_method,
      ...(jwks && { jwks }),
      ...(pushes && byCode && { requirePushedRequests: true }),
      dpop: metadata.dpop_bound_access_tokens ? 'required' : 'optional',
      redirectUris,
      grants: [...new Set(grants)],
      scopes: checkScopes(allowed, metadata),
      idTokenAlg: metadata.id_token_signed_response_alg,
      ...(userinfoAlg && { userinfoAlg }),
      postLogoutRedirectUris: [...new Set(after)],
    },
    uris,
  };
}
