import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { cloudNow } from './cloud-desk.ts';
import { type BrandId, originOf } from './visitor.ts';

/** The audience that a brand's own API goes by. */
export const audiences: Readonly<Record<BrandId, string>> = {
  northwind: 'https://api.northwind.example/',
  solmar: 'https://api.solmar.example/trips',
};

/** An application or an API of somebody else, who has the discovery document and oauth4webapi and nothing of ours. */
export interface RelyingParty {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  /** For requests over http to this machine. */
  readonly insecure: { readonly [oauth.allowInsecureRequests]: true };
  /** The same, and the clock of the cloud for those that judge times. */
  readonly judging: { readonly [oauth.allowInsecureRequests]: true; readonly [oauth.clockSkew]: number };
}

/** Discovers the brand's server as a stranger would, with time as the cloud has it. */
export async function relyingParty(brand: BrandId, client_id = `${brand}-web`): Promise<RelyingParty> {
  const issuer = new URL(originOf(brand));
  const insecure = { [oauth.allowInsecureRequests]: true } as const;
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...insecure });
  const as = await oauth.processDiscoveryResponse(issuer, response);
  const skew = Math.round((await cloudNow(brand)) / 1000 - Date.now() / 1000);
  const client = { client_id, id_token_signed_response_alg: 'ES256', [oauth.clockSkew]: skew };
  return { as, client, insecure, judging: { ...insecure, [oauth.clockSkew]: skew } };
}

/** Validates an access token as an API of the brand does that takes JWT access tokens (RFC 9068). */
export async function acceptAtApi(brand: BrandId, token: string): Promise<oauth.JWTAccessTokenClaims> {
  const { as, judging } = await relyingParty(brand);
  const request = new Request('https://api.example/orders', { headers: { authorization: `Bearer ${token}` } });
  return oauth.validateJwtAccessToken(as, request, audiences[brand], judging);
}

/** Verifies a JWT with jose alone, keys fetched anew. */
export async function verifyWithJose(brand: BrandId, token: string, audience: string): Promise<JWTPayload> {
  const origin = originOf(brand);
  const keys = createRemoteJWKSet(new URL(`${origin}/.well-known/jwks.json`));
  const options = { issuer: origin, audience, currentDate: new Date(await cloudNow(brand)) };
  const { payload } = await jwtVerify(token, keys, options);
  return payload;
}
