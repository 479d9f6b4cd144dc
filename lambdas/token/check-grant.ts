import type { Client, GrantType } from '../shared/domain/brand.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';

/** RFC 8628 section 3.4. */
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** RFC 8693 section 2.1. */
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

const supported: { readonly [G in GrantType]: G } = {
  authorization_code: 'authorization_code',
  refresh_token: 'refresh_token',
  client_credentials: 'client_credentials',
  [deviceGrant]: deviceGrant,
  [exchangeGrant]: exchangeGrant,
};

/**
 * Refuses a grant that this server lacks, and one that this client may not use (RFC 6749 section 5.2; OP6).
 * @throws OAuthRefusal `unsupported_grant_type`, `unauthorized_client`
 */
export function checkGrant(client: Client, grant: string): asserts grant is GrantType {
  const known = Object.hasOwn(supported, grant);
  demand(known, 'unsupported_grant_type', `grant_type must be one of ${Object.keys(supported).join(', ')}`);
  const grants: readonly string[] = client.grants;
  demand(grants.includes(grant), 'unauthorized_client', 'the client is not registered for this grant');
}
