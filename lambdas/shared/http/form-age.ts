import { isSameSecret } from '../domain/same-secret.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** Seconds after which a form says nothing any more about when it was shown. */
const oldest = 86_400;

const macOf = ({ mac }: SealingRing, at: string) => mac('proof', `shown|${at}`).toString('base64url');

/** When a form was shown, for it to bring back. `now` in milliseconds. */
export function shownAt(ring: SealingRing, now: number): string {
  return `${now}.${macOf(ring, String(now))}`;
}

/** Seconds since a form was shown; nothing where it does not say so, or long ago. `now` in milliseconds. */
export function formAge(ring: SealingRing, shown: string | undefined, now: number): number | undefined {
  const [at = '', mac = ''] = (shown ?? '').split('.');
  if (!isSameSecret(mac, macOf(ring, at))) return undefined;
  const age = (now - Number(at)) / 1000;
  return age >= 0 && age <= oldest ? age : undefined;
}
