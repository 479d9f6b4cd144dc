import type { Brand, Client } from '../shared/domain/brand.ts';
import { deviceLifetime, newUserCode, pollInterval, shownUserCode } from '../shared/domain/device-authorization.ts';
import type { Random } from '../shared/domain/id.ts';
import { openRequestCounter } from '../shared/domain/open-request.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { seconds } from '../shared/domain/time.ts';
import { deviceCode } from '../shared/oidc/device-code.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import { grantedScope, knownScope } from '../shared/oidc/scope.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { keepDeviceAuthorization } from '../shared/store/device-store.ts';
import type { untilWindowEnds } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly brand: Brand;
  readonly issuer: string;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly untilWindowEnds: typeof untilWindowEnds;
  readonly store: Bound<{ readonly keepDeviceAuthorization: typeof keepDeviceAuthorization }>;
}

/** RFC 8628 section 3.2. */
export interface DeviceAuthorizationResponse {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  /** Seconds, as is the following. */
  readonly expires_in: number;
  readonly interval: number;
}

/** Two devices with one code at one time happen about never; thrice in a row is a fault. */
const tries = 3;

/**
 * Starts the way of a device that has no browser: one write; one transaction with the count of the network where its client
 * has no secret.
 * @throws OAuthRefusal `unauthorized_client`, `invalid_scope`; Refusal `too_many_requests`, `unavailable`
 */
export async function startDeviceAuthorization(
  deps: Deps,
  client: Client,
  requested: string | undefined,
  ip: string,
  now: number,
): Promise<DeviceAuthorizationResponse> {
  const { brand, issuer, random, sealing, store } = deps;
  const mayStart = client.grants.includes('urn:ietf:params:oauth:grant-type:device_code');
  demand(mayStart, 'unauthorized_client', 'the client is not registered for this grant');
  const scope = grantedScope(client, knownScope(brand, requested));
  demand(scope !== undefined, 'invalid_scope', 'the client may not ask for this scope');

  const counter = openRequestCounter(deps, client, ip);
  for (let attempt = 0; attempt < tries; attempt++) {
    const code = newUserCode(random);
    const hash = sealing.lookup('user-code', code);
    const nonce = random(16).toString('base64url');
    const device = { hash, nonce, clientId: client.id, scope, state: 'pending', interval: pollInterval } as const;
    const kept = { ...device, expiresAt: seconds(now) + deviceLifetime };
    const outcome = await store.keepDeviceAuthorization(kept, counter, now);
    if (outcome === 'taken') continue;
    if (outcome === 'limited') {
      throw new Refusal('too_many_requests', counter && { retryAfter: deps.untilWindowEnds(counter, now) });
    }
    const shown = shownUserCode(code);
    return {
      device_code: deviceCode(sealing, { hash, nonce }),
      user_code: shown,
      verification_uri: `${issuer}/device`,
      verification_uri_complete: `${issuer}/device?user_code=${shown}`,
      expires_in: deviceLifetime,
      interval: pollInterval,
    };
  }
  throw new Refusal('unavailable');
}
