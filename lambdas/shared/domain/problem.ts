/** Every way in which the own API says no (DESIGN section 5). Stable: clients switch on it. */
export type ProblemCode =
  | 'request_malformed'
  | 'field_invalid'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'client_unknown'
  | 'client_not_allowed'
  | 'scope_not_allowed'
  | 'password_too_short'
  | 'password_too_long'
  | 'password_common'
  | 'password_breached_listed'
  | 'password_is_identifier'
  | 'password_is_brand_word'
  | 'credentials_invalid'
  | 'code_invalid'
  | 'code_spent'
  | 'flow_expired'
  | 'too_many_requests'
  | 'identifier_taken'
  | 'token_invalid'
  | 'token_missing'
  | 'dpop_proof_invalid'
  | 'recent_authentication_required'
  | 'account_disabled'
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

/** Codes that have sentences of their own; the others borrow them. */
export type ProblemTopic = Exclude<ProblemCode, 'password_breached_listed' | 'dpop_proof_invalid'>;

/** Message ids of `shared/messages/problems/`. */
export type ProblemMessageId = `${ProblemTopic}.title` | `${ProblemTopic}.detail` | `rule.${FieldRule}`;

export interface ProblemEntry {
  /** HTTP status. */
  readonly status: number;
  /** Whose sentences a person reads: `<topic>.title` and `<topic>.detail`. */
  readonly topic: ProblemTopic;
}

/** The one catalogue: a code without a row does not compile. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = {
  request_malformed: { status: 400, topic: 'request_malformed' },
  field_invalid: { status: 400, topic: 'field_invalid' },
  body_too_large: { status: 413, topic: 'body_too_large' },
  unsupported_media_type: { status: 415, topic: 'unsupported_media_type' },
  client_unknown: { status: 400, topic: 'client_unknown' },
  client_not_allowed: { status: 403, topic: 'client_not_allowed' },
  scope_not_allowed: { status: 400, topic: 'scope_not_allowed' },
  password_too_short: { status: 400, topic: 'password_too_short' },
  password_too_long: { status: 400, topic: 'password_too_long' },
  password_common: { status: 400, topic: 'password_common' },
  // One list holds common and breached passwords; the person needs the same sentence for both.
  password_breached_listed: { status: 400, topic: 'password_common' },
  password_is_identifier: { status: 400, topic: 'password_is_identifier' },
  password_is_brand_word: { status: 400, topic: 'password_is_brand_word' },
  credentials_invalid: { status: 401, topic: 'credentials_invalid' },
  code_invalid: { status: 400, topic: 'code_invalid' },
  code_spent: { status: 400, topic: 'code_spent' },
  flow_expired: { status: 410, topic: 'flow_expired' },
  too_many_requests: { status: 429, topic: 'too_many_requests' },
  identifier_taken: { status: 409, topic: 'identifier_taken' },
  token_invalid: { status: 401, topic: 'token_invalid' },
  token_missing: { status: 401, topic: 'token_missing' },
  // A matter between application and server: the person can only sign in again.
  dpop_proof_invalid: { status: 401, topic: 'token_invalid' },
  // RFC 9470 section 3: insufficient_user_authentication is a 401.
  recent_authentication_required: { status: 401, topic: 'recent_authentication_required' },
  account_disabled: { status: 403, topic: 'account_disabled' },
  purpose_unknown: { status: 404, topic: 'purpose_unknown' },
  purpose_version_stale: { status: 409, topic: 'purpose_version_stale' },
  purpose_required: { status: 400, topic: 'purpose_required' },
  session_unknown: { status: 404, topic: 'session_unknown' },
  not_found: { status: 404, topic: 'not_found' },
  cross_site_request: { status: 403, topic: 'cross_site_request' },
  conflict_retry: { status: 409, topic: 'conflict_retry' },
  unavailable: { status: 503, topic: 'unavailable' },
  internal: { status: 500, topic: 'internal' },
};

/** The `type` of RFC 9457 section 3.1.1: a URN, so that nobody has to host a page for it. */
export function problemType(code: ProblemCode): `urn:latchkey:problem:${ProblemCode}` {
  return `urn:latchkey:problem:${code}`;
}
