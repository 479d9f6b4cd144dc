import type { Client } from '../domain/brand.ts';
import { networkOf } from '../domain/network.ts';
import { checkLimits } from '../domain/throttle.ts';
import { authenticateClient, presentedClient } from '../oidc/client-authentication.ts';
import { OAuthRefusal } from '../oidc/oauth-refusal.ts';
import { clientSecretHashes } from '../store/client-store.ts';
import { countUp } from '../store/rate-store.ts';
import { kept } from '../vault/kept.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

/** Seconds that a client's secret hashes are kept: so long a removed secret may still work. */
const hashesAge = 60;

interface Presented {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
}

/**
 * Makes the check of who the client is. Hashes are kept, so that it costs no call on the hot path. Secrets are 256 random
 * bits, which nobody guesses, so failures are counted after the fact, by network (RL4).
 */
export function clientCheck(runtime: Runtime): (request: Request<Presented>) => Promise<Client> {
  const { brand, tables, clock } = runtime;
  const hashes = new Map(
    brand.clients.map(({ id }) => [id, kept(() => clientSecretHashes(tables, id), clock, hashesAge)]),
  );

  return async ({ headers, body, ip }) => {
    try {
      const presented = presentedClient(headers.authorization, body);
      return await authenticateClient(brand, presented, async (id) => (await hashes.get(id)?.()) ?? []);
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
