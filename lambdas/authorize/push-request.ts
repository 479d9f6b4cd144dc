import type { Brand, Client } from '../shared/domain/brand.ts';
import type { Random } from '../shared/domain/id.ts';
import { openRequestCounter } from '../shared/domain/open-request.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { seconds } from '../shared/domain/time.ts';
import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import type { ProvenKey } from '../shared/oidc/dpop-proof.ts';
import { demand, OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { keepPushedRequest, pushedRequestKey } from '../shared/store/pushed-request-store.ts';
import type { untilWindowEnds } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { type CheckDeps, checkAuthorizationRequest, type Parameters } from './check-authorization-request.ts';

interface Deps extends CheckDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly pushedRequestKey: typeof pushedRequestKey;
  readonly untilWindowEnds: typeof untilWindowEnds;
  readonly store: Bound<{ readonly keepPushedRequest: typeof keepPushedRequest }>;
  /** The key that the request proves. */
  readonly key?: ProvenKey | undefined;
}

/** RFC 9126 section 2.2. */
export interface Pushed {
  readonly request_uri: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** RFC 9126 section 2.2 and RFC 9101 section 10.2. */
export const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:';
/** Seconds from the push to the browser's arrival. */
const lifetime = 90;

/** The same checks as at the authorization endpoint; here every "no" is said to the client that asks. */
async function checked(deps: Deps, parameters: Parameters, now: number): Promise<AuthorizationRequest> {
  try {
    return await checkAuthorizationRequest(deps, parameters, now, 'pushed');
  } catch (error) {
    throw error instanceof AuthorizationRefusal ? new OAuthRefusal(error.error, error.description) : error;
  }
}

/**
 * Takes an authorization request from a client, checks it, and keeps it for one use. One write; one transaction with the
 * count of the network where the client has no secret.
 * A proof that comes along binds the code as `dpop_jkt` does (RFC 9449 section 10.1).
 * @throws OAuthRefusal; Refusal `too_many_requests`, `unavailable`
 */
export async function pushRequest(
  deps: Deps,
  client: Client,
  parameters: Parameters,
  ip: string,
  now: number,
): Promise<Pushed> {
  const { values } = parameters;
  const { key, sealing } = deps;
  // RFC 9126 section 2.1: a request does not point to another.
  demand(values.request_uri === undefined, 'invalid_request', 'request_uri must not be pushed');
  const request = await checked(deps, { ...parameters, values: { ...values, client_id: client.id } }, now);
  const isOther = key !== undefined && request.dpopJkt !== undefined && request.dpopJkt !== key.jkt;
  demand(!isOther, 'invalid_dpop_proof', 'dpop_jkt is not the key of the proof');
  demand((await key?.spend()) !== false, 'invalid_dpop_proof', 'the proof was used before');

  const handle = deps.random(32).toString('base64url');
  const bound = { ...request, ...(key && { dpopJkt: key.jkt }) };
  const sealed = sealing.sealEphemeral(deps.pushedRequestKey(handle), bound);
  const pushed = { handle, clientId: client.id, sealed, until: seconds(now) + lifetime };
  const counter = openRequestCounter(deps, client, ip);
  if (!(await deps.store.keepPushedRequest(pushed, counter, now))) {
    throw new Refusal('too_many_requests', counter && { retryAfter: deps.untilWindowEnds(counter, now) });
  }
  return { request_uri: `${requestUriPrefix}${handle}`, expires_in: lifetime };
}
