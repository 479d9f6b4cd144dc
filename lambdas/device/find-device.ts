import type { Brand } from '../shared/domain/brand.ts';
import { awaitsDecision, type DeviceAuthorization, readUserCode } from '../shared/domain/device-authorization.ts';
import { networkOf } from '../shared/domain/network.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findDeviceAuthorization } from '../shared/store/device-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly brand: Brand;
  readonly sealing: SealingRing;
  readonly store: Bound<{
    readonly countUp: typeof countUp;
    readonly findDeviceAuthorization: typeof findDeviceAuthorization;
  }>;
}

/** A device that waits, and the code that it shows. */
export interface WaitingDevice {
  readonly code: string;
  readonly device: DeviceAuthorization;
}

/**
 * Finds the device that shows a code. Each try counts against the network that it comes from (RL4, RFC 8628 section
 * 5.1), and a code that is over, decided or nobody's is the same to whoever tries.
 * @throws Refusal `too_many_requests`, `code_invalid`, `unavailable`
 */
export async function findDevice(deps: Deps, typed: string, ip: string, now: number): Promise<WaitingDevice> {
  const { brand, sealing, store } = deps;
  const network = sealing.lookup('ip', networkOf(ip));
  const code = readUserCode(typed);
  const [tries, device] = await Promise.all([
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
    code === undefined ? undefined : store.findDeviceAuthorization(sealing.lookup('user-code', code)),
  ]);
  checkLimits([tries]);
  if (code === undefined || !awaitsDecision(device, now)) {
    throw new Refusal('code_invalid', { errors: [{ field: 'user_code', rule: 'code_invalid' }] });
  }
  return { code, device };
}
