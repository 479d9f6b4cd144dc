import type { ResponseTarget } from './authorization-request.ts';

/** RFC 6749 section 4.1.2.1 and OIDC Core section 3.1.2.6. */
export type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'login_required'
  | 'consent_required'
  | 'interaction_required'
  | 'account_selection_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  | 'unmet_authentication_requirements';

/** A coded "no" of the authorization endpoint. It goes to the client only where `target` is proven, else to a page. */
export class AuthorizationRefusal extends Error {
  readonly error: AuthorizationErrorCode;
  readonly description: string;
  readonly target: ResponseTarget | undefined;

  constructor(error: AuthorizationErrorCode, description: string, target?: ResponseTarget) {
    super(error);
    this.error = error;
    this.description = description;
    this.target = target;
  }
}
