import type { Client } from '../shared/domain/brand.ts';
import { accessToken } from '../shared/oidc/access-token.ts';
import type { ProvenKey } from '../shared/oidc/dpop-proof.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { grantedScope } from '../shared/oidc/scope.ts';
import type { TokenContext, TokenResponse } from '../shared/oidc/token-response.ts';

/** Scopes that speak of a person; a client on its own has none. */
const personal = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

/**
 * A token for the client itself (RFC 6749 section 4.4). No call leaves the function but the one that spends a proof.
 * @throws OAuthRefusal `invalid_scope`, `invalid_dpop_proof`; Refusal `unavailable`
 */
export async function issueClientCredentials(
  context: Omit<TokenContext, 'now'> & { readonly key?: ProvenKey | undefined },
  client: Client,
  requested: string | undefined,
  now: number,
): Promise<TokenResponse> {
  const own = { ...client, scopes: client.scopes.filter((scope) => !personal.has(scope)) };
  const scope = grantedScope(own, requested);
  demand(scope !== undefined, 'invalid_scope', 'the client may not ask for this scope');
  const lifetime = context.lifetimes.accessToken;
  const { key } = context;
  demand((await key?.spend()) !== false, 'invalid_dpop_proof', 'the proof was used before');
  const token = await accessToken({ ...context, now }, client, 'client', scope, lifetime, { jkt: key?.jkt });
  return { access_token: token, token_type: key ? 'DPoP' : 'Bearer', expires_in: lifetime, scope };
}
