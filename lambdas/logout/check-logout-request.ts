import type { FindClient } from '../shared/domain/clients.ts';
import type { SessionId } from '../shared/domain/id.ts';
import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { HandleSubject } from '../shared/oidc/bearer-handle.ts';
import type { IdTokenHint } from '../shared/oidc/id-token-hint.ts';

/** What a logout request asks for, checked. */
export interface LogoutRequest {
  readonly clientId?: string;
  /** Where the browser goes afterwards: registered by that client, byte for byte. */
  readonly redirectUri?: string;
  readonly state?: string;
  /** Nobody needs to be asked: the ID token shown is of this very browser's session, or there is none to sign out of. */
  readonly proven: boolean;
  /** What ends: the session of this browser. An ID token by itself ends nothing, whoever came by it. */
  readonly subject?: HandleSubject;
}

/** Parameters of OIDC RP-Initiated Logout section 2 that matter here. */
export interface LogoutParameters {
  readonly id_token_hint?: string | undefined;
  readonly client_id?: string | undefined;
  readonly post_logout_redirect_uri?: string | undefined;
  readonly state?: string | undefined;
  readonly ui_locales?: string | undefined;
}

const names = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales'] as const;

/** Characters. The state comes back from the confirmation page in a form, and goes to the client in an address. */
const maxState = 2048;
/** Characters of a request that becomes an address; the gateway takes 10,240 bytes of address and headers. */
const maxQuery = 7000;

function demand(condition: boolean, description: string): asserts condition {
  if (!condition) throw new AuthorizationRefusal('invalid_request', description);
}

/**
 * The parameters of a request that matter, each once (RFC 6749 section 3.1, which RP-Initiated Logout does not lift; OP2).
 * @throws AuthorizationRefusal
 */
export function readLogoutParameters(
  values: Readonly<Record<string, string>>,
  repeated: readonly string[],
): Readonly<Record<string, string>> & LogoutParameters {
  demand(repeated.length === 0, 'a parameter is repeated');
  demand((values.state ?? '').length <= maxState, 'state is too long');
  const said = names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
  const request: Readonly<Record<string, string>> = Object.fromEntries(said);
  demand(String(new URLSearchParams(request)).length <= maxQuery, 'the request is too long');
  return request;
}

/**
 * Checks a logout request. Nothing that is wrong in it is ever answered by a redirect (LO1), and where the ID token is not of
 * the session that this browser has, the person is asked (OIDC RP-Initiated Logout section 2).
 * @param hint what `id_token_hint` says, if our signature is on it; one that is forged, or older than any session, is none
 * @param claimed the browser session of the cookie
 * @param sid what clients know it by
 * @throws AuthorizationRefusal; Refusal `unavailable`
 */
export async function checkLogoutRequest(
  findClient: FindClient,
  parameters: LogoutParameters,
  hint: IdTokenHint | undefined,
  claimed: HandleSubject | undefined,
  sid: SessionId | undefined,
): Promise<LogoutRequest> {
  const { id_token_hint: shown, client_id: named, post_logout_redirect_uri: asked, state } = parameters;
  // A token that we cannot verify is as good as none: nobody is redirected on its word, nor stopped by an error.
  const redirectUri = shown !== undefined && !hint && named === undefined ? undefined : asked;
  demand(!hint || named === undefined || named === hint.clientId, 'client_id is not the client of id_token_hint');
  const clientId = hint?.clientId ?? named;
  const client = clientId === undefined ? undefined : await findClient(clientId);
  demand(clientId === undefined || client !== undefined, 'client_id names no client');
  const registered = client?.postLogoutRedirectUris ?? [];
  const known = redirectUri === undefined || registered.includes(redirectUri);
  demand(known, 'post_logout_redirect_uri is not registered for this client');
  return {
    ...(clientId !== undefined && { clientId }),
    ...(redirectUri !== undefined && { redirectUri }),
    ...(state !== undefined && { state }),
    ...(claimed && { subject: claimed }),
    proven:
      hint !== undefined && (!claimed || (hint.sub === claimed.user && hint.session === (sid ?? claimed.session))),
  };
}
