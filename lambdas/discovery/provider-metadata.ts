import { acrValues } from '../shared/domain/assurance.ts';
import type { Brand } from '../shared/domain/brand.ts';
import { claimsOfScope } from '../shared/domain/personal-claims.ts';
import { prompts } from '../shared/oidc/authorization-request.ts';
import { authorizationServerMetadata, supportedScopes } from './authorization-server-metadata.ts';

/** Claims of ID tokens and UserInfo (OIDC Core sections 2 and 5.1). */
const tokenClaims = ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid'] as const;

/** What OpenID Connect knows beside OAuth: only what works is advertised (OIDC Discovery section 3; OP12). */
export function providerMetadata(issuer: string, brand: Brand): Readonly<Record<string, unknown>> {
  return {
    ...authorizationServerMetadata(issuer, brand),
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    end_session_endpoint: `${issuer}/oauth2/logout`,
    prompt_values_supported: prompts,
    // Requests are pushed (RFC 9126) and come by reference no other way: objects and foreign URIs are refused (OP10).
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_parameter_supported: true,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    userinfo_signing_alg_values_supported: ['ES256', 'RS256'],
    claim_types_supported: ['normal'],
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    claims_supported: [...tokenClaims, ...claimsOfScope(supportedScopes(brand).join(' '))],
    acr_values_supported: acrValues,
  };
}
