import type { FindClient } from '../shared/domain/clients.ts';
import { isSessionId, isUserId, type SessionId } from '../shared/domain/id.ts';
import { AuthorizationRefusal } from '../shared/oidc/authorization-refusal.ts';
import type { HandleSubject } from '../shared/oidc/bearer-handle.ts';
import type { IdTokenHint } from '../shared/oidc/id-token-hint.ts';

/** What a logout request asks for, checked. */
export interface LogoutRequest {
  readonly clientId?: string;
  /** Where the browser goes afterwards: registered by that client, byte for byte. */
  readonly redirectUri?: string;
  readonly state?: string;
  /** The request shows the ID token of the very session that this browser has: nobody needs to be asked. */
  readonly proven: boolean;
  /** What ends: the browser's session, or the one that the hint names where another site's post brings no cookie along. */
  readonly subject?: HandleSubject;
}

/** Parameters of OIDC RP-Initiated Logout section 2 that matter here. */
export interface LogoutParameters {
  readonly id_token_hint?: string | undefined;
  readonly client_id?: string | undefined;
  readonly post_logout_redirect_uri?: string | undefined;
  readonly state?: string | undefined;
}

function hintedSubject(hint: IdTokenHint | undefined): HandleSubject | undefined {
  if (!hint || hint.session === undefined || !isUserId(hint.sub) || !isSessionId(hint.session)) return undefined;
  return { user: hint.sub, session: hint.session };
}

function demand(condition: boolean, description: string): asserts condition {
  if (!condition) throw new AuthorizationRefusal('invalid_request', description);
}

/**
 * Checks a logout request. Nothing that is wrong in it is ever answered by a redirect (LO1).
 * @param hint what `id_token_hint` says, if our signature is on it
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
  const { id_token_hint: shown, client_id: named, post_logout_redirect_uri: redirectUri, state } = parameters;
  demand(shown === undefined || hint !== undefined, 'id_token_hint is not a token of this server');
  demand(!hint || named === undefined || named === hint.clientId, 'client_id is not the client of id_token_hint');
  const clientId = hint?.clientId ?? named;
  const client = clientId === undefined ? undefined : await findClient(clientId);
  demand(clientId === undefined || client !== undefined, 'client_id names no client');
  const registered = client?.postLogoutRedirectUris ?? [];
  const known = redirectUri === undefined || registered.includes(redirectUri);
  demand(known, 'post_logout_redirect_uri is not registered for this client');
  const subject = claimed ?? hintedSubject(hint);
  return {
    ...(clientId !== undefined && { clientId }),
    ...(redirectUri !== undefined && { redirectUri }),
    ...(state !== undefined && { state }),
    ...(subject && { subject }),
    proven:
      hint !== undefined && (!claimed || (hint.sub === claimed.user && hint.session === (sid ?? claimed.session))),
  };
}
