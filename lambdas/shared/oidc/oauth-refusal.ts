/** Error codes of RFC 6749 section 5.2 and RFC 7009 section 2.2.1 that the endpoints answer with. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'temporarily_unavailable'
  | 'server_error';

/** A coded "no" of a protocol endpoint. The description is for the developer of the client: ASCII, no secret. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';
  readonly error: OAuthErrorCode;
  readonly description: string;
  /** Seconds for `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(error: OAuthErrorCode, description: string, retryAfter?: number) {
    super(error);
    this.error = error;
    this.description = description;
    this.retryAfter = retryAfter;
  }
}

/** Throws `OAuthRefusal(error)` unless `condition` holds. */
export function demand(condition: boolean, error: OAuthErrorCode, description: string): asserts condition {
  if (!condition) throw new OAuthRefusal(error, description);
}
