import type { RegisteredClient } from '../shared/domain/registration.ts';

/** What only the answer to a registration has. */
export interface Credentials {
  /** As the request showed it, or as it was just made: only its hash is kept. */
  readonly accessToken: string;
  /** Where one was just made. */
  readonly secret?: string | undefined;
}

/** The registration as its client sees it (RFC 7591 section 3.2.1, RFC 7592 section 3). */
export function clientInformation(
  issuer: string,
  { client, registration }: RegisteredClient,
  { accessToken, secret }: Credentials,
): Readonly<Record<string, unknown>> {
  const { id, authentication, jwks, grants, redirectUris, postLogoutRedirectUris, userinfoAlg } = client;
  return {
    client_id: id,
    client_id_issued_at: registration.registeredAt,
    ...(secret !== undefined && { client_secret: secret }),
    // Zero: it does not expire.
    ...(authentication.startsWith('client_secret_') && { client_secret_expires_at: 0 }),
    registration_access_token: accessToken,
    registration_client_uri: `${issuer}/oauth2/register/${id}`,
    client_name: client.name,
    ...registration.uris,
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris ?? [],
    token_endpoint_auth_method: authentication,
    ...(jwks && { jwks }),
    grant_types: grants,
    response_types: grants.includes('authorization_code') ? ['code'] : [],
    scope: client.scopes.join(' '),
    subject_type: 'public',
    id_token_signed_response_alg: client.idTokenAlg,
    ...(userinfoAlg && { userinfo_signed_response_alg: userinfoAlg }),
    require_pushed_authorization_requests: client.requirePushedRequests === true,
    dpop_bound_access_tokens: client.dpop === 'required',
  };
}
