import type { Client, GrantType } from '../shared/domain/brand.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { resourceIsOwn } from '../shared/oidc/resource.ts';
import type { TokenResponse } from '../shared/oidc/token-response.ts';
import { deviceGrant, exchangeGrant } from './check-grant.ts';
import { exchangeAuthorizationCode } from './exchange-authorization-code.ts';
import { exchangeToken } from './exchange-token.ts';
import { issueClientCredentials } from './issue-client-credentials.ts';
import { redeemDeviceCode } from './redeem-device-code.ts';
import { rotateRefreshToken } from './rotate-refresh-token.ts';

type Deps = Parameters<typeof exchangeAuthorizationCode>[0] &
  Parameters<typeof rotateRefreshToken>[0] &
  Parameters<typeof issueClientCredentials>[0] &
  Parameters<typeof exchangeToken>[0] &
  Parameters<typeof redeemDeviceCode>[0];

/** A request to the token endpoint: parameters of every grant, and who sends it. */
interface Asked {
  readonly body: Parameters<typeof exchangeAuthorizationCode>[2] &
    Parameters<typeof rotateRefreshToken>[2] &
    Parameters<typeof exchangeToken>[2] & { readonly device_code?: string | undefined };
  /** Milliseconds at which the gateway took it. */
  readonly arrivedAt: number;
  readonly ip: string;
  readonly userAgent: string;
}

/**
 * Answers a grant that the client may use, by its own use case. A resource that is none of the client's is refused before
 * anything is spent (RFC 8707 section 2; RT4); an exchange has targets of its own.
 * @throws OAuthRefusal `invalid_target`, those of the use cases; Refusal `unavailable`
 */
export function issueTokens(
  deps: Deps,
  client: Client,
  grant: GrantType,
  { body, arrivedAt, ip, userAgent }: Asked,
  now: number,
): Promise<TokenResponse> {
  const targeted = grant === exchangeGrant || resourceIsOwn(client, body.resource);
  demand(targeted, 'invalid_target', 'resource is not the API of this client');
  switch (grant) {
    case 'authorization_code':
      return exchangeAuthorizationCode(deps, client, body, arrivedAt, now);
    case 'refresh_token':
      return rotateRefreshToken(deps, client, body, arrivedAt, now);
    case 'client_credentials':
      return issueClientCredentials(deps, client, body.scope, now);
    case exchangeGrant:
      return exchangeToken(deps, client, body, now);
    case deviceGrant:
      return redeemDeviceCode(deps, client, body.device_code, { ip, userAgent }, now);
  }
}
