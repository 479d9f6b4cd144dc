import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from '../../lambdas/shared/domain/network.ts';

const groups = fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(0xffff) }), {
  minLength: 8,
  maxLength: 8,
});
const hex = (group: number, wide: boolean) => group.toString(16).padStart(wide ? 4 : 1, '0');

/** The textual forms of RFC 4291 section 2.2: padded, upper case, `::` for any run of zeros, dotted tail, zone. */
function spellings(each: readonly number[]): readonly string[] {
  const plain = each.map((group) => hex(group, false));
  const forms = [plain.join(':'), each.map((group) => hex(group, true)).join(':'), plain.join(':').toUpperCase()];
  for (let from = 0; from < 8; from++) {
    for (let to = from + 1; to <= 8 && each[to - 1] === 0; to++)
      forms.push(`${plain.slice(0, from).join(':')}::${plain.slice(to).join(':')}`);
  }
  const [high = 0, low = 0] = each.slice(6);
  const dotted = [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return [...forms, `${plain.slice(0, 6).join(':')}:${dotted}`, `${plain.join(':')}%eth0`];
}

test('RL3: every spelling of an IPv6 address is one client', () => {
  fc.assert(
    fc.property(groups, (each) => {
      expect([...new Set(spellings(each).map(networkOf))]).toHaveLength(1);
    }),
    { numRuns: 500 },
  );
});

test('RL3: all of a /64 is one client, the next /64 is another', () => {
  fc.assert(
    fc.property(groups, groups, (one, other) => {
      // A mapped address is an IPv4 client.
      fc.pre(one.slice(0, 4).some((group) => group !== 0));
      const [prefix, next] = [one.slice(0, 4), one.with(3, (one[3] ?? 0) ^ 1)];
      const text = (each: readonly number[]) => each.map((group) => hex(group, false)).join(':');
      expect(networkOf(text([...prefix, ...other.slice(4)]))).toBe(networkOf(text(one)));
      expect(networkOf(text(next))).not.toBe(networkOf(text(one)));
    }),
    { numRuns: 500 },
  );
});

test('RL3: an IPv4 address is a client of its own, mapped into IPv6 or not', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
      expect(networkOf(one)).toBe(one);
      expect(networkOf(`::ffff:${one}`)).toBe(one);
      if (one !== other) expect(networkOf(`::FFFF:${one}`)).not.toBe(networkOf(`::ffff:${other}`));
    }),
  );
  expect(networkOf('::ffff:c000:0201')).toBe('192.0.2.1');
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%en0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['no address', 'no address'],
  ['1.2.3', '1.2.3'],
])('RL3: %j is counted as %j', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test('RL3: whatever the gateway says, it is a text and no fault', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.ipV6(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.%') })),
      (ip) => {
        expect(networkOf(ip)).not.toContain('NaN');
      },
    ),
    { numRuns: 500 },
  );
});
