import type { Counter } from '../store/rate-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { networkOf } from './network.ts';
import type { ParsedNumber } from './phone-number.ts';
import type { SmsPolicy } from './sms-policy.ts';

/**
 * What asking for a code by text counts, before anything is written or sent: the number, its range, since who pumps owns
 * ranges, and the network that asks. What the brand spends in all is counted by the mailer, by texts that really go.
 */
export function textCounters(
  policy: SmsPolicy,
  { lookup }: Pick<SealingRing, 'lookup'>,
  { number, range }: Pick<ParsedNumber, 'number' | 'range'>,
  ip: string,
): readonly Counter[] {
  return [
    { scope: 'texts', hash: lookup('phone', number), limit: policy.perNumber },
    { scope: 'texts-range', hash: lookup('phone-range', range), limit: policy.perPrefix },
    { scope: 'texts-ip', hash: lookup('ip', networkOf(ip)), limit: policy.perIp },
  ];
}
