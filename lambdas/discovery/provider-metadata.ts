import type { Brand } from '../shared/domain/brand.ts';

/** Only what works is advertised (OIDC Discovery section 3, RFC 8414 section 2; OP12). */
export function providerMetadata(issuer: string, brand: Brand): Readonly<Record<string, unknown>> {
  const scopes = [...new Set(brand.clients.flatMap((client) => client.scopes))];
  const methods = [...new Set(brand.clients.map((client) => client.authentication))];
  const grants = [...new Set(brand.clients.flatMap((client) => client.grants))];
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/oauth2/token`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    // No authorization endpoint yet, hence no response type.
    response_types_supported: [],
    grant_types_supported: grants,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    token_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_methods_supported: methods,
    scopes_supported: scopes,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'auth_time',
      'acr',
      'amr',
      'sid',
      'email',
      'email_verified',
      'name',
      'given_name',
      'family_name',
      'nickname',
      'birthdate',
      'zoneinfo',
      'locale',
      'updated_at',
    ],
    acr_values_supported: ['aal1'],
    ui_locales_supported: brand.locales.offered,
  };
}
