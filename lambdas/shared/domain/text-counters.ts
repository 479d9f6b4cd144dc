import type { Counter } from '../store/rate-store.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { networkOf } from './network.ts';
import type { SmsPolicy } from './sms-policy.ts';

/**
 * What asking for a code by text counts before anything is written: the network that asks. Number, range and what the
 * brand spends in all are counted by the mailer, which alone knows them whichever way a text is asked for, and by texts
 * that really go: numbers of nobody cost nothing (RL3).
 */
export function textCounters(
  { perIp }: Pick<SmsPolicy, 'perIp'>,
  { lookup }: Pick<SealingRing, 'lookup'>,
  ip: string,
): readonly Counter[] {
  return [{ scope: 'texts-ip', hash: lookup('ip', networkOf(ip)), limit: perIp }];
}
