import type { Client } from '../domain/brand.ts';
import { findClient } from '../domain/clients.ts';
import { networkOf } from '../domain/network.ts';
import { checkLimits } from '../domain/throttle.ts';
import { verifyClientAssertion } from '../oidc/client-assertion.ts';
import { authenticateClient, type PresentedParameters, presentedClient } from '../oidc/client-authentication.ts';
import { demand, OAuthRefusal } from '../oidc/oauth-refusal.ts';
import { clientSecretHashes } from '../store/client-store.ts';
import { spendOnce } from '../store/jti-store.ts';
import { countUp } from '../store/rate-store.ts';
import { kept } from '../vault/kept.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

/** Seconds that a client's secret hashes are kept: so long a removed secret may still work. */
const hashesAge = 60;

/**
 * Makes the check of who the client is. Hashes are kept, so that a secret costs no call on the hot path; an assertion
 * costs the write that spends it. Secrets are 256 random bits, which nobody guesses, so failures are counted after the
 * fact, by network (RL4).
 */
export function clientCheck(runtime: Runtime): (request: Request<PresentedParameters>) => Promise<Client> {
  const { brand, issuer, tables, clock } = runtime;
  const hashes = new Map(
    brand.clients.map(({ id }) => [id, kept(() => clientSecretHashes(tables, id), clock, hashesAge)]),
  );

  /** Of a client that registered itself all is read anew: a secret or a client that is gone is gone at once. */
  async function identify(id: string) {
    const registered = await runtime.clients.registeredNow(id);
    if (!registered)
      return { client: findClient(brand, id), secretHashes: async () => (await hashes.get(id)?.()) ?? [] };
    return { client: registered.client, secretHashes: async () => registered.registration.secretHashes };
  }

  // Issuer, token endpoint, and the endpoint itself (RFC 7523 section 3, RFC 9126 section 2).
  async function spendAssertion(client: Client, assertion: string, path: string): Promise<void> {
    const audiences = [issuer, `${issuer}/oauth2/token`, `${issuer}${path}`];
    const now = clock();
    const { jti, until } = await verifyClientAssertion(client, assertion, { audiences, now });
    const isNew = await spendOnce(tables, { kind: 'assertion', of: client.id, jti, until }, now);
    demand(isNew, 'invalid_client', 'client authentication failed');
  }

  return async ({ headers, body, ip, rawPath }) => {
    try {
      const presented = presentedClient(headers.authorization, body);
      const { client, secretHashes } = await identify(presented.id);
      const deps = { secretHashes, spendAssertion: (of: Client, text: string) => spendAssertion(of, text, rawPath) };
      return await authenticateClient(client, presented, deps);
    } catch (error) {
      if (error instanceof OAuthRefusal && error.error === 'invalid_client') {
        const network = (await runtime.sealing()).lookup('ip', networkOf(ip));
        const limit = brand.limits.clientSecretsPerIp;
        checkLimits([await countUp(tables, { scope: 'client-secret', hash: network, limit }, clock())]);
      }
      throw error;
    }
  };
}
