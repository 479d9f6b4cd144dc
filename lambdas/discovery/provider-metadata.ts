import { acrValues } from '../shared/domain/assurance.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { claimsOfScope } from '../shared/domain/personal-claims.ts';
import { prompts, responseModes } from '../shared/oidc/authorization-request.ts';
import { clientSigningAlgs } from '../shared/oidc/public-jwk.ts';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Claims of ID tokens and UserInfo (OIDC Core sections 2 and 5.1). */
const tokenClaims = ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid'] as const;

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

/** Only what works is advertised (OIDC Discovery section 3, RFC 8414 section 2; OP12). */
export function providerMetadata(issuer: string, brand: Brand): Readonly<Record<string, unknown>> {
  const methods = methodsOf(brand);
  const clients = [...brand.clients, ...registering(brand)];
  const scopes = everyOne(clients, (client) => client.scopes);
  const grants = everyOne(clients, (client) => client.grants);
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
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    end_session_endpoint: `${issuer}/oauth2/logout`,
    response_types_supported: ['code'],
    response_modes_supported: responseModes,
    grant_types_supported: grants,
    code_challenge_methods_supported: ['S256'],
    prompt_values_supported: prompts,
    authorization_response_iss_parameter_supported: true,
    // By RFC 9126 and no other way: request objects and foreign request URIs are refused (OP10).
    require_pushed_authorization_requests: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    userinfo_signing_alg_values_supported: ['ES256', 'RS256'],
    claim_types_supported: ['normal'],
    ...authentication('token', methods),
    ...authentication('revocation', methods),
    ...authentication(
      'introspection',
      methods.filter((method) => method !== 'none'),
    ),
    ...(dpop && { dpop_signing_alg_values_supported: clientSigningAlgs }),
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    scopes_supported: scopes,
    claims_supported: [...tokenClaims, ...claimsOfScope(scopes.join(' '))],
    acr_values_supported: acrValues,
    ui_locales_supported: brand.locales.offered,
  };
}
