import type { Locale } from '../domain/brand.ts';
import { type ProblemCode, problemStatuses, problemType } from '../domain/problem.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Wording } from '../messages/brand-texts.ts';
import { problemTexts } from '../messages/problem-texts.ts';
import { clientSigningAlgs } from '../oidc/public-jwk.ts';
import type { Reply } from './reply.ts';

/** RFC 6750 section 3 and RFC 9470 section 3: which error the challenge names that a refusal of a bearer carries. */
const challenges: { readonly [C in ProblemCode]?: readonly string[] } = {
  // Who showed no token is told no error.
  token_missing: [],
  token_invalid: ['error="invalid_token"'],
  scope_insufficient: ['error="insufficient_scope"'],
  recent_authentication_required: ['error="insufficient_user_authentication"'],
};

/** What a client has to ask for, where a refusal names it (RFC 6750 section 3, RFC 9470 section 3). */
const asked = ['scope', 'acr_values', 'max_age'] as const;

/** RFC 9449 section 7.1: with the algorithms that a proof may come in. */
const dpopChallenge = `DPoP realm="api", error="invalid_dpop_proof", algs="${clientSigningAlgs.join(' ')}"`;

/** The WWW-Authenticate header: a scheme is never alone in it (RFC 6750 section 3). */
function challengeOf({ code, details }: Refusal): string | undefined {
  if (code === 'dpop_proof_invalid') return dpopChallenge;
  const said = challenges[code];
  const members = asked.flatMap((name) => {
    const value = details.params?.[name];
    return value === undefined ? [] : [`${name}="${value}"`];
  });
  return said && `Bearer ${['realm="api"', ...said, ...members].join(', ')}`;
}

/** Renders a refusal as problem details (RFC 9457). `instance` is the id under which the log has it. */
export async function problemReply(
  brand: Wording,
  refusal: Refusal,
  requestId: string,
  locale: Locale,
): Promise<Reply> {
  const { code, details } = refusal;
  const retryAfter = details.retryAfter;
  const params = { ...(retryAfter !== undefined && { seconds: retryAfter }), ...details.params };
  const texts = await problemTexts(brand, { code, params, ...(details.errors && { errors: details.errors }) }, locale);
  const status = problemStatuses[code];
  const challenge = challengeOf(refusal);
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': locale,
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(challenge && { 'www-authenticate': challenge }),
    },
    body: {
      type: problemType(code),
      title: texts.title,
      status,
      detail: texts.detail,
      code,
      instance: `urn:latchkey:request:${requestId}`,
      ...(texts.errors && { errors: texts.errors }),
      ...details.members,
    },
  };
}
