import type { Brand, Client } from '../shared/domain/brand.ts';
import { responseModes } from '../shared/oidc/authorization-request.ts';
import { clientSigningAlgs } from '../shared/oidc/public-jwk.ts';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** What a client that registers itself may have, as a client (RFC 7591). */
function registering({ dynamicRegistration: allowed }: Brand): readonly Pick<Client, 'grants' | 'scopes'>[] {
  const grants = ['authorization_code', 'refresh_token', deviceGrant] as const;
  return allowed ? [{ grants, scopes: allowed.scopes }] : [];
}

type Listed = Pick<Client, 'grants' | 'scopes'>;

function everyOne<T>(clients: readonly Listed[], of: (client: Listed) => readonly T[]): readonly T[] {
  return [...new Set(clients.flatMap(of))];
}

/** Methods by which clients authenticate: those of the brand file, or all where others may register. */
function methodsOf({ clients, dynamicRegistration }: Brand): readonly Client['authentication'][] {
  const own = [...new Set(clients.map(({ authentication }) => authentication))];
  const all = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;
  return dynamicRegistration ? all : own;
}

/** How clients authenticate at an endpoint, with the algorithms where some of them sign (RFC 8414 section 2). */
function authentication(endpoint: string, methods: readonly Client['authentication'][]) {
  return {
    [`${endpoint}_endpoint_auth_methods_supported`]: methods,
    ...(methods.includes('private_key_jwt') && {
      [`${endpoint}_endpoint_auth_signing_alg_values_supported`]: clientSigningAlgs,
    }),
  };
}

/** Scopes that some client may have. */
export function supportedScopes(brand: Brand): readonly string[] {
  return everyOne([...brand.clients, ...registering(brand)], ({ scopes }) => scopes);
}

/** What OAuth knows of this server (RFC 8414 section 2, and the RFCs that add to it); only what works (OP12). */
export function authorizationServerMetadata(issuer: string, brand: Brand): Readonly<Record<string, unknown>> {
  const methods = methodsOf(brand);
  const grants = everyOne([...brand.clients, ...registering(brand)], (client) => client.grants);
  const registers = brand.dynamicRegistration !== undefined;
  const dpop = registers || brand.clients.some((client) => client.dpop !== undefined);
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    pushed_authorization_request_endpoint: `${issuer}/oauth2/par`,
    ...(grants.includes(deviceGrant) && { device_authorization_endpoint: `${issuer}/oauth2/device_authorization` }),
    ...(registers && { registration_endpoint: `${issuer}/oauth2/register` }),
    token_endpoint: `${issuer}/oauth2/token`,
    introspection_endpoint: `${issuer}/oauth2/introspect`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    response_types_supported: ['code'],
    response_modes_supported: responseModes,
    grant_types_supported: grants,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    require_pushed_authorization_requests: false,
    ...authentication('token', methods),
    ...authentication('revocation', methods),
    ...authentication(
      'introspection',
      methods.filter((method) => method !== 'none'),
    ),
    ...(dpop && { dpop_signing_alg_values_supported: clientSigningAlgs }),
    scopes_supported: supportedScopes(brand),
    ui_locales_supported: brand.locales.offered,
  };
}
