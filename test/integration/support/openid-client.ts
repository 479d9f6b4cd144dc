import * as oidc from 'openid-client';
import { cloudNow } from './cloud-desk.ts';
import { type BrandId, originOf } from './visitor.ts';

/** An application built with openid-client, which discovers the brand's server; its clock is that of the cloud. */
export async function application(
  brand: BrandId,
  clientId: string,
  authentication: oidc.ClientAuth = oidc.None(),
): Promise<oidc.Configuration> {
  const skew = Math.round((await cloudNow(brand)) / 1000 - Date.now() / 1000);
  const metadata = { id_token_signed_response_alg: 'ES256', [oidc.clockSkew]: skew };
  const options = { execute: [oidc.allowInsecureRequests] };
  return oidc.discovery(new URL(originOf(brand)), clientId, metadata, authentication, options);
}

/** An authorization request with everything that its answer will be held to. */
export async function codeRequest(scope: string, redirect_uri: string) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const code_challenge = await oidc.calculatePKCECodeChallenge(verifier);
  const parameters = { scope, redirect_uri, state, nonce, code_challenge, code_challenge_method: 'S256' };
  return { parameters, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
}
