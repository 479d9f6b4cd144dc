import * as z from 'zod/mini';
import { clientSigningAlgs } from '../shared/oidc/public-jwk.ts';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const uris = z.array(text(1000)).check(z.maxLength(10));
const uri = z.optional(text(1000));
const tokenAlg = z.enum(['ES256', 'RS256']);

const key = z.looseObject({
  kid: text(64),
  alg: z.enum(clientSigningAlgs),
  kty: z.enum(['EC', 'RSA', 'OKP']),
  use: z.optional(z.literal('sig')),
});

/**
 * Client metadata (RFC 7591 section 2, OIDC Dynamic Client Registration section 2, RFC 9126, RFC 9449) of which something
 * works here, with the values that do. Members that are not listed are ignored.
 */
export const clientMetadata = z.looseObject({
  redirect_uris: z.optional(uris),
  post_logout_redirect_uris: z.optional(uris),
  // Shown to people: one line, nothing that could pass for markup, nothing that is not seen or turns the line around.
  client_name: z.optional(z.string().check(z.regex(/^[^\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}<>]{1,64}$/u))),
  client_uri: uri,
  logo_uri: uri,
  tos_uri: uri,
  policy_uri: uri,
  scope: z.optional(z.string().check(z.maxLength(1000))),
  grant_types: z._default(
    z.array(z.enum(['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'])),
    ['authorization_code'],
  ),
  response_types: z.optional(z.array(z.literal('code'))),
  token_endpoint_auth_method: z._default(
    z.enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
    'client_secret_basic',
  ),
  jwks: z.optional(z.strictObject({ keys: z.array(key).check(z.minLength(1), z.maxLength(5)) })),
  application_type: z.optional(z.enum(['web', 'native'])),
  subject_type: z.optional(z.literal('public')),
  token_endpoint_auth_signing_alg: z.optional(z.enum(clientSigningAlgs)),
  id_token_signed_response_alg: z._default(tokenAlg, 'RS256'),
  userinfo_signed_response_alg: z.optional(tokenAlg),
  require_pushed_authorization_requests: z._default(z.boolean(), false),
  dpop_bound_access_tokens: z._default(z.boolean(), false),
});

export type ClientMetadata = z.output<typeof clientMetadata>;

/**
 * Members that ask for what is not given: to ignore them would leave the client to believe that it has it. Nothing that a
 * stranger names is ever fetched or called (DCR1, SSRF).
 */
export const refusedMembers: Readonly<Record<string, string>> = {
  jwks_uri: 'keys are taken inline alone: send them as jwks',
  sector_identifier_uri: 'sub is the same for every client; nothing is fetched',
  backchannel_logout_uri: 'a client that registers itself is not called',
  frontchannel_logout_uri: 'front-channel logout is not supported',
  id_token_encrypted_response_alg: 'ID tokens are not encrypted',
  userinfo_encrypted_response_alg: 'UserInfo is not encrypted',
  id_token_encrypted_response_enc: 'ID tokens are not encrypted',
  userinfo_encrypted_response_enc: 'UserInfo is not encrypted',
  authorization_signed_response_alg: 'answers to authorization requests are not signed',
  require_signed_request_object: 'request objects are not supported',
  request_object_signing_alg: 'request objects are not supported',
  request_object_encryption_alg: 'request objects are not supported',
  default_max_age: 'send max_age with each request',
  default_acr_values: 'send acr_values with each request',
  tls_client_auth_subject_dn: 'clients do not authenticate by certificate',
  tls_client_certificate_bound_access_tokens: 'tokens are bound by DPoP alone',
};
