/** Every way in which the own API says no (DESIGN section 5). Stable: clients switch on it. */
export type ProblemCode =
  | 'request_malformed'
  | 'field_invalid'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'client_unknown'
  | 'client_not_allowed'
  | 'scope_not_allowed'
  | 'scope_insufficient'
  | 'password_too_short'
  | 'password_too_long'
  | 'password_common'
  | 'password_is_identifier'
  | 'password_is_brand_word'
  | 'email_not_accepted'
  | 'credentials_invalid'
  | 'sign_in_refused'
  | 'second_factor_required'
  | 'enrolment_required'
  | 'hosted_pages_required'
  | 'factor_unknown'
  | 'factor_needed'
  | 'passkey_invalid'
  | 'passkey_unknown'
  | 'passkey_taken'
  | 'passkey_limit'
  | 'code_invalid'
  | 'code_spent'
  | 'flow_expired'
  | 'challenge_required'
  | 'password_change_required'
  | 'too_many_requests'
  | 'identifier_taken'
  | 'token_invalid'
  | 'token_missing'
  | 'dpop_proof_invalid'
  | 'recent_authentication_required'
  | 'purpose_unknown'
  | 'purpose_version_stale'
  | 'purpose_required'
  | 'session_unknown'
  | 'not_found'
  | 'conflict_retry'
  | 'cross_site_request'
  | 'unavailable'
  | 'internal';

/** How one field can break the request schema. A field may also break a password rule: then the rule is that code. */
export type FieldRule = 'required' | 'type' | 'too_short' | 'too_long' | 'format' | 'not_allowed' | 'unknown_field';

/** Message ids of `shared/messages/problems/`. */
export type ProblemMessageId = `${ProblemCode}.title` | `${ProblemCode}.detail` | `rule.${FieldRule}`;

/** The one catalogue: the HTTP status of each code; one without a row does not compile. */
export const problemStatuses: Readonly<Record<ProblemCode, number>> = {
  request_malformed: 400,
  field_invalid: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  client_unknown: 400,
  client_not_allowed: 403,
  scope_not_allowed: 400,
  // RFC 6750 section 3.1: insufficient_scope is a 403.
  scope_insufficient: 403,
  password_too_short: 400,
  password_too_long: 400,
  password_common: 400,
  password_is_identifier: 400,
  password_is_brand_word: 400,
  email_not_accepted: 400,
  credentials_invalid: 401,
  sign_in_refused: 403,
  second_factor_required: 403,
  enrolment_required: 403,
  hosted_pages_required: 403,
  factor_unknown: 404,
  // The last one that the account can be entered with, or that is required of it (PK10).
  factor_needed: 409,
  // A 401 would have to name a scheme to answer with (RFC 9110 section 15.5.2): there is none for a ceremony.
  passkey_invalid: 400,
  passkey_unknown: 404,
  passkey_taken: 409,
  passkey_limit: 409,
  code_invalid: 400,
  code_spent: 400,
  flow_expired: 410,
  challenge_required: 403,
  password_change_required: 403,
  too_many_requests: 429,
  identifier_taken: 409,
  token_invalid: 401,
  token_missing: 401,
  dpop_proof_invalid: 401,
  // RFC 9470 section 3: insufficient_user_authentication is a 401.
  recent_authentication_required: 401,
  purpose_unknown: 404,
  purpose_version_stale: 409,
  purpose_required: 400,
  session_unknown: 404,
  not_found: 404,
  cross_site_request: 403,
  conflict_retry: 409,
  unavailable: 503,
  internal: 500,
};

/** The `type` of RFC 9457 section 3.1.1: a URN, so that nobody has to host a page for it. */
export function problemType(code: ProblemCode): `urn:latchkey:problem:${ProblemCode}` {
  return `urn:latchkey:problem:${code}`;
}
