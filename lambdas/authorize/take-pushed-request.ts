import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { pushedRequestKey, takePushedRequest as take } from '../shared/store/pushed-request-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import type { Parameters } from './check-authorization-request.ts';
import { requestUriPrefix } from './push-request.ts';

interface Deps {
  readonly sealing: SealingRing;
  readonly pushedRequestKey: typeof pushedRequestKey;
  readonly store: Bound<{ readonly takePushedRequest: typeof take }>;
}

const refused = () => new AuthorizationRefusal('invalid_request', 'request_uri is unknown, over or used');

/** Whether a request points to one that was pushed here; any other `request_uri` is never fetched (OP10). */
export function pointsToPushed({ values }: Parameters): boolean {
  return values.request_uri?.startsWith(requestUriPrefix) === true;
}

/**
 * The pushed request that a browser brings (RFC 9126 section 4; PAR1), spent by being taken. What else the query says is
 * not looked at but `client_id`. Pages take the request along in their ticket, so that reloading one of them asks for
 * nothing twice. A refusal is a page: nothing proves where it could be sent.
 * @throws AuthorizationRefusal; Refusal `unavailable`
 */
export async function takePushedRequest(
  { sealing, pushedRequestKey, store }: Deps,
  { values, repeated }: Parameters,
  now: number,
): Promise<AuthorizationRequest> {
  const { client_id: clientId = '', request_uri: uri = '' } = values;
  if (repeated.includes('client_id') || repeated.includes('request_uri')) throw refused();
  const handle = uri.slice(requestUriPrefix.length);
  if (!/^[A-Za-z0-9_-]{43}$/.test(handle)) throw refused();
  const sealed = await store.takePushedRequest(handle, clientId, now);
  if (sealed === undefined) throw refused();
  const request = sealing.openEphemeral(pushedRequestKey(handle), sealed) as AuthorizationRequest;
  // The person comes now: a sign-in between push and arrival is none that `prompt=login` asks for.
  return { ...request, at: now };
}
