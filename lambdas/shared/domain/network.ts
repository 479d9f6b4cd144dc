import { isIPv6 } from 'node:net';

/** The eight groups of an IPv6 address in any of its spellings (RFC 4291 section 2.2). */
function groupsOf(ip: string): readonly number[] {
  const [address = ''] = ip.split('%');
  const [left = [], tail] = address.split('::').map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .flatMap((group) => {
        if (!group.includes('.')) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        return [a * 256 + b, c * 256 + d];
      }),
  );
  return tail === undefined ? left : [...left, ...Array<number>(8 - left.length - tail.length).fill(0), ...tail];
}

/** The IPv4 address inside a mapped IPv6 one (RFC 4291 section 2.5.5.2). */
function mappedIn(groups: readonly number[]): string | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : undefined;
}

const firstGroups = (groups: readonly number[], count: number) =>
  groups
    .slice(0, count)
    .map((group) => group.toString(16))
    .join(':');

/**
 * What counts as one client: an IPv4 address, or the /64 that one IPv6 customer is given, since he can use any address
 * of it.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  return mappedIn(groups) ?? `${firstGroups(groups, 4)}::/64`;
}

/** What an attacker rents in one piece: a /24 of IPv4, a /48 of IPv6. */
export function prefixOf(ip: string): string {
  const groups = isIPv6(ip) ? groupsOf(ip) : undefined;
  const v4 = groups === undefined ? ip : mappedIn(groups);
  if (v4 !== undefined) return `${v4.slice(0, v4.lastIndexOf('.'))}.0/24`;
  return `${firstGroups(groups ?? [], 3)}::/48`;
}
