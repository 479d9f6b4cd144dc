import type { AbusePolicy } from './abuse-policy.ts';
import type { Neighbourhood } from './alert.ts';
import { prefixOf } from './network.ts';
import { registrableDomain } from './registrable-domain.ts';

/** Where a request comes from, as far as the gateway and the edge tell. */
export interface Origin {
  readonly ip: string;
  /** Number of the autonomous system, where an edge stands in front. */
  readonly asn?: number | undefined;
  readonly clientId: string;
}

type Lookup = (kind: 'ip', value: string) => string;

/** Keyed hashes alone are kept: no table tells who came from where. */
export function missNeighbourhoods(
  { misses }: AbusePolicy,
  lookup: Lookup,
  { ip, asn, clientId }: Origin,
): readonly Neighbourhood[] {
  return [
    { scope: 'misses-prefix', hash: lookup('ip', prefixOf(ip)), limit: misses.prefix },
    ...(asn === undefined ? [] : [{ scope: 'misses-asn', hash: String(asn), limit: misses.asn } as const]),
    { scope: 'misses-client', hash: clientId, limit: misses.client },
    { scope: 'misses-brand', hash: 'all', limit: misses.brand },
  ];
}

/**
 * Providers of mailboxes to everybody: many sign-ups from one of them say nothing. The list is short on purpose, what is
 * missing from it costs a stranger half a second.
 */
const everybodys: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'yahoo.co.jp',
  'ymail.com',
  'icloud.com',
  'me.com',
  'privaterelay.appleid.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'gmx.com',
  'web.de',
  't-online.de',
  'orange.fr',
  'free.fr',
  'laposte.net',
  'libero.it',
  'uol.com.br',
  'bol.com.br',
  'docomo.ne.jp',
  'qq.com',
  '163.com',
]);

/**
 * Neighbourhoods of a sign-up. The domain is the registered one, since names below it cost nothing, and is named by keyed
 * hash too: a small one is as good as a name.
 */
export async function startNeighbourhoods(
  { starts }: AbusePolicy,
  lookup: (kind: 'ip' | 'email', value: string) => string,
  { ip, domain }: { readonly ip: string; readonly domain: string | undefined },
): Promise<readonly Neighbourhood[]> {
  const registered = domain === undefined || everybodys.has(domain) ? undefined : await registrableDomain(domain);
  return [
    { scope: 'starts-prefix', hash: lookup('ip', prefixOf(ip)), limit: starts.prefix },
    ...(registered === undefined || everybodys.has(registered)
      ? []
      : [{ scope: 'starts-domain', hash: lookup('email', registered), limit: starts.domain } as const]),
    { scope: 'starts-brand', hash: 'all', limit: starts.brand },
  ];
}
