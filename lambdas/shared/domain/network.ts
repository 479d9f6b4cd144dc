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

/**
 * What counts as one client: an IPv4 address, or the /64 that one IPv6 customer is given, since he can use any address
 * of it.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const prefix = groups.slice(0, 4).map((group) => group.toString(16));
  return `${prefix.join(':')}::/64`;
}
