import type { Client } from '../shared/domain/brand.ts';
import { accessToken } from '../shared/oidc/access-token.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { grantedScope } from '../shared/oidc/scope.ts';
import type { TokenContext, TokenResponse } from '../shared/oidc/token-response.ts';

/** Scopes that speak of a person; a client on its own has none. */
const personal = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

/**
 * A token for the client itself (RFC 6749 section 4.4). No call leaves the function.
 * @throws OAuthRefusal `invalid_scope`
 */
export async function issueClientCredentials(
  context: Omit<TokenContext, 'now'>,
  client: Client,
  requested: string | undefined,
  now: number,
): Promise<TokenResponse> {
  const own = { ...client, scopes: client.scopes.filter((scope) => !personal.has(scope)) };
  const scope = grantedScope(own, requested);
  demand(scope !== undefined, 'invalid_scope', 'the client may not ask for this scope');
  const lifetime = context.lifetimes.accessToken;
  const token = await accessToken({ ...context, now }, client, 'client', scope, lifetime);
  return { access_token: token, token_type: 'Bearer', expires_in: lifetime, scope };
}
