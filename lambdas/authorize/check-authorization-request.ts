import type { Client } from '../shared/domain/brand.ts';
import type { FindClient } from '../shared/domain/clients.ts';
import { claimsWithin } from '../shared/domain/personal-claims.ts';
import { type AuthorizationErrorCode, AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import {
  type AuthorizationRequest,
  type Prompt,
  prompts,
  type ResponseMode,
  type ResponseTarget,
  responseModes,
} from '../shared/oidc/authorization-request.ts';
import { type ClaimsParameter, readClaimsParameter } from '../shared/oidc/claims-parameter.ts';
import { isRegisteredRedirectUri } from '../shared/oidc/redirect-uri.ts';
import { resourceIsOwn } from '../shared/oidc/resource.ts';
import { grantedScope, hasScope, knownScope, type ScopeHolders } from '../shared/oidc/scope.ts';

/** Parameters as they came; a name that came twice is in `repeated`. */
export interface Parameters {
  readonly values: Readonly<Record<string, string>>;
  readonly repeated: readonly string[];
}

/** Verifies our own ID token, expired or not; the subject, or nothing. */
export type HintVerifier = (idToken: string) => Promise<string | undefined>;

export interface CheckDeps {
  readonly brand: ScopeHolders;
  readonly findClient: FindClient;
  readonly verifyHint: HintVerifier;
}

/** Refuses before the redirect is proven: the person sees a page, the client nothing. */
function page(condition: boolean, description: string): asserts condition {
  if (!condition) throw new AuthorizationRefusal('invalid_request', description);
}

/** Refuses by answering the proven client. */
function answer(target: ResponseTarget) {
  return (condition: boolean, error: AuthorizationErrorCode, description: string): void => {
    if (!condition) throw new AuthorizationRefusal(error, description, target);
  };
}

/** RFC 6749 section 3.1.2.4: client and redirect are proven first, or nobody is redirected. */
async function checkRedirect(
  findClient: FindClient,
  { values, repeated }: Parameters,
): Promise<{ readonly client: Client; readonly redirectUri: string }> {
  page(!repeated.includes('client_id') && !repeated.includes('redirect_uri'), 'a parameter is repeated');
  const client = await findClient(values.client_id ?? '');
  page(client !== undefined, 'client_id names no client');
  const { redirect_uri: redirectUri } = values;
  page(redirectUri !== undefined, 'redirect_uri is missing');
  page(isRegisteredRedirectUri(client.redirectUris, redirectUri), 'redirect_uri is not registered for this client');
  return { client, redirectUri };
}

/** OAuth 2.0 Form Post Response Mode; a code never travels in a fragment. */
function responseModeOf(values: Parameters['values']): ResponseMode | undefined {
  return responseModes.find((mode) => mode === (values.response_mode ?? 'query'));
}

/** OIDC Core section 3.1.2.1: `none` stands alone. */
function promptOf(values: Parameters['values']): readonly Prompt[] | undefined {
  const asked = (values.prompt ?? '').split(' ').filter(Boolean);
  const known = prompts.filter((prompt) => asked.includes(prompt));
  const lonely = !known.includes('none') || known.length === 1;
  return known.length === asked.length && lonely ? known : undefined;
}

/**
 * RFC 7636 section 4.3 and OAuth 2.1 section 4.1.1: S256 or nothing; `plain` protects nobody who can read the request.
 */
function checkPkce(client: Client, values: Parameters['values'], demand: ReturnType<typeof answer>): void {
  const { code_challenge: challenge, code_challenge_method: method } = values;
  demand(challenge !== undefined || client.pkceExempt === true, 'invalid_request', 'code_challenge is missing');
  if (challenge === undefined) {
    demand(method === undefined, 'invalid_request', 'code_challenge_method without code_challenge');
    return;
  }
  demand(method === 'S256', 'invalid_request', 'code_challenge_method must be S256');
  demand(/^[A-Za-z0-9_-]{43}$/.test(challenge), 'invalid_request', 'code_challenge is not a SHA-256 in base64url');
}

function maxAgeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** RFC 9449 section 10; what a client without DPoP says of it is not looked at. */
function keyThumbprintOf(client: Client, values: Parameters['values'], demand: ReturnType<typeof answer>) {
  const { dpop_jkt: jkt } = values;
  if (client.dpop === undefined || jkt === undefined) return undefined;
  demand(/^[A-Za-z0-9_-]{43}$/.test(jkt), 'invalid_request', 'dpop_jkt is not a SHA-256 in base64url');
  return jkt;
}

/** Of single claims, those whose scopes the client is registered for; they come with the `openid` scope alone. */
function claimsOf(client: Client, scope: string, claims: ClaimsParameter | undefined) {
  if (!claims || !hasScope(scope, 'openid')) return undefined;
  const idToken = claimsWithin(claims.idToken, client.scopes);
  const userinfo = claimsWithin(claims.userinfo, client.scopes);
  return idToken.length + userinfo.length > 0 ? { claims: { idToken, userinfo } } : undefined;
}

const acrShape = /^[\x21-\x7e]{1,100}$/;

/** OIDC Core section 3.1.2.1; the more specific wish of section 5.5.1.1 goes before it. Which are known is not judged. */
function acrOf(values: Parameters['values'], claims: ClaimsParameter | undefined) {
  const listed = (values.acr_values ?? '').split(' ').filter(Boolean);
  const acrValues = [...new Set(claims && claims.acr.values.length > 0 ? claims.acr.values : listed)];
  const understood = acrValues.length <= 10 && acrValues.every((value) => acrShape.test(value));
  return understood ? { acrValues, ...(claims?.acr.essential && { acrEssential: true }) } : undefined;
}

/** Bytes of what a client fills as it likes. A state comes back in an address, of which each may need three times as many. */
const longest = { state: 2048, nonce: 512, claims: 2048 } as const;
/**
 * Bytes of a checked request. Each page has it in its address, sealed and a third longer; the gateway takes 10,240 bytes of
 * address and headers, of which a browser, its cookies and an edge need their part.
 */
const mostCarried = 3584;

function fits(values: Parameters['values'], name: keyof typeof longest): boolean {
  return Buffer.byteLength(values[name] ?? '') <= longest[name];
}

/**
 * Checks an authorization request parameter by parameter, in the order in which a refusal may become more specific:
 * first to whom it may be said, then what was wrong (OIDC Core section 3.1.2.2).
 * @param now milliseconds
 * @param way by which the request came: some clients have to push theirs (RFC 9126 section 6; PAR1)
 * @throws AuthorizationRefusal
 */
export async function checkAuthorizationRequest(
  { brand, findClient, verifyHint }: CheckDeps,
  parameters: Parameters,
  now: number,
  way: 'front' | 'pushed' = 'front',
): Promise<AuthorizationRequest> {
  const { values, repeated } = parameters;
  const { client, redirectUri } = await checkRedirect(findClient, parameters);
  const responseMode = responseModeOf(values);
  const { nonce } = values;
  // One that is too long could not be given back either.
  const state = fits(values, 'state') ? values.state : undefined;
  const answered = { clientId: client.id, redirectUri, responseMode: responseMode ?? 'query' } as const;
  const target = { ...answered, ...(state !== undefined && { state }) };
  const demand = answer(target);

  demand(repeated.length === 0, 'invalid_request', 'a parameter is repeated');
  demand(fits(values, 'state'), 'invalid_request', `state is longer than ${longest.state} bytes`);
  demand(fits(values, 'nonce'), 'invalid_request', `nonce is longer than ${longest.nonce} bytes`);
  demand(fits(values, 'claims'), 'invalid_request', `claims is longer than ${longest.claims} bytes`);
  const mayCome = way === 'pushed' || client.requirePushedRequests !== true;
  demand(mayCome, 'invalid_request', 'the requests of this client must be pushed');
  demand(responseMode !== undefined, 'invalid_request', 'response_mode must be query or form_post');
  demand(values.request === undefined, 'request_not_supported', 'request objects are not supported');
  demand(values.request_uri === undefined, 'request_uri_not_supported', 'request_uri must come from this server');
  demand(values.registration === undefined, 'registration_not_supported', 'registration is not supported');
  demand(values.response_type !== undefined, 'invalid_request', 'response_type is missing');
  demand(values.response_type === 'code', 'unsupported_response_type', 'response_type must be code');
  demand(client.grants.includes('authorization_code'), 'unauthorized_client', 'the client may not use this grant');
  checkPkce(client, values, demand);
  const dpopJkt = keyThumbprintOf(client, values, demand);
  const scope = grantedScope(client, knownScope(brand, values.scope));
  demand(scope !== undefined, 'invalid_scope', 'the client may not ask for this scope');
  demand(resourceIsOwn(client, values.resource), 'invalid_target', 'resource is not an API of this client');
  const prompt = promptOf(values);
  demand(prompt !== undefined, 'invalid_request', 'prompt is not understood');
  const maxAge = maxAgeOf(values.max_age);
  demand(!Number.isNaN(maxAge), 'invalid_request', 'max_age must be a number of seconds');
  const claims = values.claims === undefined ? undefined : readClaimsParameter(values.claims);
  demand(values.claims === undefined || claims !== undefined, 'invalid_request', 'claims is malformed');
  const acr = acrOf(values, claims);
  demand(acr !== undefined, 'invalid_request', 'acr_values is malformed');
  const shownSub = values.id_token_hint === undefined ? undefined : await verifyHint(values.id_token_hint);
  const hintHolds = values.id_token_hint === undefined || shownSub !== undefined;
  demand(hintHolds, 'invalid_request', 'id_token_hint is not a token of this server');
  // OIDC Core section 3.1.2.2: a sub that is asked for by value is a hint of the same weight.
  const hintedSub = claims?.sub ?? shownSub;
  demand(
    shownSub === undefined || shownSub === hintedSub,
    'invalid_request',
    'claims and id_token_hint name two people',
  );

  const request: AuthorizationRequest = {
    clientId: client.id,
    ...(client.selfRegistered && { selfRegistered: client.name }),
    redirectUri,
    scope: scope ?? '',
    responseMode: target.responseMode,
    ...(state !== undefined && { state }),
    ...(nonce !== undefined && { nonce }),
    ...(values.code_challenge !== undefined && { codeChallenge: values.code_challenge }),
    ...(dpopJkt !== undefined && { dpopJkt }),
    ...claimsOf(client, scope ?? '', claims),
    prompt: prompt ?? [],
    acrValues: [],
    ...acr,
    ...(maxAge !== undefined && { maxAge }),
    ...(values.login_hint !== undefined && { loginHint: values.login_hint.slice(0, 320) }),
    ...(values.ui_locales !== undefined && { uiLocales: values.ui_locales.slice(0, 200) }),
    ...(hintedSub !== undefined && { hintedSub }),
    at: now,
  };
  const carried = Buffer.byteLength(JSON.stringify(request)) <= mostCarried;
  demand(carried, 'invalid_request', 'the request is too long to be taken from page to page');
  return request;
}
