import { isSameSecret } from '../domain/same-secret.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** Seconds after which a form says nothing any more about when it was shown: a mark that is fetched once is no stock. */
const oldest = 3600;

const macOf = ({ mac }: SealingRing, browser: string, at: string) =>
  mac('proof', `shown|${browser}|${at}`).toString('base64url');

/** When a form was shown to a browser, for it to bring back. `now` in milliseconds. */
export function shownAt(ring: SealingRing, browser: string, now: number): string {
  return `${now}.${macOf(ring, browser, String(now))}`;
}

/**
 * Seconds since a form was shown to this browser; nothing where it does not say so, was another browser's, or long ago.
 * `now` in milliseconds.
 */
export function formAge(
  ring: SealingRing,
  browser: string,
  shown: string | undefined,
  now: number,
): number | undefined {
  const [at = '', mac = ''] = (shown ?? '').split('.');
  if (!isSameSecret(mac, macOf(ring, browser, at))) return undefined;
  const age = (now - Number(at)) / 1000;
  return age >= 0 && age <= oldest ? age : undefined;
}
