import type { Refusal } from '../domain/refusal.ts';
import { type OAuthErrorCode, OAuthRefusal } from '../oidc/oauth-refusal.ts';
import type { Reply } from './reply.ts';

const statuses: { readonly [C in OAuthErrorCode]?: number } = {
  invalid_client: 401,
  invalid_token: 401,
  temporarily_unavailable: 503,
  server_error: 500,
};

/** What a refusal of the shared layers is called at a protocol endpoint (RFC 6749 section 5.2). */
function translate(refusal: Refusal): { readonly status: number; readonly refusal: OAuthRefusal } {
  const { code, details } = refusal;
  const fields = (details.errors ?? []).map(({ field, rule }) => `${field}: ${rule}`).join(', ');
  const say = (error: OAuthErrorCode, description: string) => new OAuthRefusal(error, description, details.retryAfter);
  switch (code) {
    case 'unavailable':
      return { status: 503, refusal: say('temporarily_unavailable', 'try again later') };
    case 'too_many_requests':
      return { status: 429, refusal: say('temporarily_unavailable', 'too many requests') };
    case 'body_too_large':
      return { status: 413, refusal: say('invalid_request', 'the request body is too large') };
    case 'field_invalid':
      return { status: 400, refusal: say('invalid_request', fields) };
    case 'not_found':
      return { status: 404, refusal: say('invalid_request', 'there is nothing here') };
    case 'internal':
      return { status: 500, refusal: say('server_error', 'unexpected error') };
    default:
      return { status: 400, refusal: say('invalid_request', code) };
  }
}

/** Renders a refusal of a protocol endpoint as OAuth error JSON. */
export function oauthErrorReply(problem: Refusal | OAuthRefusal): Reply {
  const { refusal, status } =
    problem instanceof OAuthRefusal ? { refusal: problem, status: statuses[problem.error] ?? 400 } : translate(problem);
  const { error, description, retryAfter, headers } = refusal;
  return {
    status,
    headers: {
      pragma: 'no-cache',
      ...(status === 401 && { 'www-authenticate': 'Basic realm="token"' }),
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...headers,
    },
    body: { error, error_description: description },
  };
}
