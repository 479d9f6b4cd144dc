import type { AuthorizationErrorCode } from './authorization-refusal.ts';

/**
 * Error codes of RFC 6749 section 5.2, RFC 7009 section 2.2.1 and RFC 9449 section 5 and RFC 8628 section 3.5 that the endpoints answer with, and
 * those of an authorization request that is pushed (RFC 9126 section 2.3) and of a registration (RFC 7591 section 3.2.2).
 */
export type OAuthErrorCode =
  | AuthorizationErrorCode
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'invalid_token'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement';

/** A coded "no" of a protocol endpoint. The description is for the developer of the client: ASCII, no secret. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';
  readonly error: OAuthErrorCode;
  readonly description: string;
  /** Seconds for `Retry-After`. */
  readonly retryAfter: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    error: OAuthErrorCode,
    description: string,
    retryAfter?: number,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(error);
    this.error = error;
    this.description = description;
    this.retryAfter = retryAfter;
    this.headers = headers;
  }
}

/** Throws `OAuthRefusal(error)` unless `condition` holds. */
export function demand(condition: boolean, error: OAuthErrorCode, description: string): asserts condition {
  if (!condition) throw new OAuthRefusal(error, description);
}
