import type { Route } from '../lambdas/shared/domain/capability.ts';
import { type ProblemCode, problemStatuses } from '../lambdas/shared/domain/problem.ts';
import { errorsOf, type Operation } from '../lambdas/shared/http/contract.ts';

type Json = Readonly<Record<string, unknown>>;

/** Whoever sends too much is told so, whether a body is asked for or not. */
const sizeProblems = ({ method }: Route): readonly ProblemCode[] => (method === 'GET' ? [] : ['body_too_large']);

/** Refusals that any operation may answer with, by what it takes. */
function commonProblems(operation: Operation, route: Route): readonly ProblemCode[] {
  return [
    ...(operation.body ? (['request_malformed', 'field_invalid'] as const) : []),
    ...sizeProblems(route),
    ...(operation.body ? (['unsupported_media_type'] as const) : []),
    ...(route.auth === 'bearer' ? (['token_missing', 'token_invalid', 'dpop_proof_invalid'] as const) : []),
    // The own API is for the brand's own applications; UserInfo is for every client.
    ...(route.auth === 'bearer' && route.path.startsWith('/v1/') ? (['client_not_allowed'] as const) : []),
    'too_many_requests',
    'unavailable',
    'internal',
  ];
}

/** What a form of a page may be refused with, beside what its own problems say. */
function pageProblems({ body }: Operation, route: Route): readonly ProblemCode[] {
  const ofForm = ['unsupported_media_type', 'flow_expired'] as const;
  // A page is refused to foreign scripts, its form to foreign sites; forms that clients may send take none.
  const guarded = body !== undefined || route.method === 'GET';
  return [
    'request_malformed',
    ...sizeProblems(route),
    ...(body ? ofForm : []),
    ...(guarded ? ['cross_site_request' as const] : []),
    'too_many_requests',
    'unavailable',
    'internal',
  ];
}

type Errors = Readonly<Record<string, string>>;

/** Statuses of the OAuth errors (RFC 6749 section 5.2), with what a client developer reads about each. */
const oauthErrors: Errors = {
  400: '`invalid_request`, `invalid_grant`, `invalid_scope`, `invalid_target`, `unauthorized_client`, `unsupported_grant_type`',
  401: '`invalid_client`',
  413: '`invalid_request`: the body is too large',
  429: '`temporarily_unavailable`: too many requests, see Retry-After',
  500: '`server_error`',
  503: '`temporarily_unavailable`',
};

/** RFC 9449 sections 5 and 8: 400, not 401, at the endpoints that take a proof beside the client's own authentication. */
const proofErrors = '`invalid_dpop_proof`, `use_dpop_nonce` (once more, with the nonce of `DPoP-Nonce`)';

/** RFC 7591 section 3.2.2, RFC 7592 section 2. */
const registrationErrors: Errors = {
  400: '`invalid_redirect_uri`, `invalid_client_metadata`, `invalid_software_statement`, `invalid_request`',
  401: '`invalid_token`',
  404: '`invalid_request`: the brand lets nobody register',
};

function oauthErrorsOf({ auth, path }: Route): Errors {
  if (auth === 'registration') return { ...oauthErrors, ...registrationErrors };
  const takesProof = path === '/oauth2/token' || path === '/oauth2/par';
  const device =
    path === '/oauth2/token' ? ', `authorization_pending`, `slow_down`, `expired_token`, `access_denied`' : '';
  if (path === '/oauth2/revoke') return { ...oauthErrors, 400: `${oauthErrors[400]}, \`unsupported_token_type\`` };
  return takesProof ? { ...oauthErrors, 400: `${oauthErrors[400]}${device}, ${proofErrors}` } : oauthErrors;
}

function described(errors: Errors, content: Json): Json {
  const entries = Object.entries(errors).map(([status, description]) => [status, { description, content }] as const);
  return Object.fromEntries(entries);
}

/** The codes by their statuses, in words. */
function byStatus(codes: readonly ProblemCode[]): Errors {
  const groups = Map.groupBy(new Set(codes), (code) => problemStatuses[code]);
  const entries = [...groups].map(
    ([status, group]) => [status, group.map((code) => `\`${code}\``).join(', ')] as const,
  );
  return Object.fromEntries(entries);
}

/** How an operation says no: OAuth error JSON, a page for a person, or problem details. */
export function errorResponses(operation: Operation, route: Route): Json {
  const own = operation.problems ?? [];
  switch (errorsOf(operation)) {
    case 'oauth':
      return described(oauthErrorsOf(route), {
        'application/json': { schema: { $ref: '#/components/schemas/OAuthError' } },
      });
    case 'page':
      return described(byStatus([...own, ...pageProblems(operation, route)]), {
        'text/html': { schema: { type: 'string' } },
      });
    case 'problem':
      return described(byStatus([...own, ...commonProblems(operation, route)]), {
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
  }
}
