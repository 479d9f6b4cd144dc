import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { browserKind } from '../../lambdas/shared/domain/browser-kind.ts';
import { distance, isImpossibleTravel, keptPlace } from '../../lambdas/shared/domain/place.ts';
import type { ReasonCode } from '../../lambdas/shared/domain/risk.ts';
import { type Attempt, type KnownUse, noticeSignals, type Tallies } from '../../lambdas/shared/domain/risk-signals.ts';
import { addPlace, addSighting, type Seen, type Sighting } from '../../lambdas/shared/domain/seen.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const hour = 3_600_000;
const firefox = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0';
const lyon = { latitude: 45.76, longitude: 4.84 };
const tokyo = { latitude: 35.68, longitude: 139.69 };
const geneva = { latitude: 46.2, longitude: 6.14 };

const policy = { anonymisers: [64_500], travelSpeed: 1000, unusedAfter: 90 * 86_400, failedAttempts: 3 };
const edge = { country: 'FR', coordinates: lyon, asn: 3215 };
const attempt: Attempt = { at: now, userAgent: firefox, acceptLanguage: 'fr', network: 'home', edge };
const seen: Seen = {
  devices: [browserKind(firefox)],
  networks: ['home'],
  systems: [3215],
  countries: ['FR'],
  last: keptPlace(edge, now - hour),
};

function noticed(given: Partial<Attempt>, known: KnownUse = { seen }, tallies: Tallies = {}): readonly ReasonCode[] {
  const signals = noticeSignals({ ...attempt, ...given }, known, tallies, policy);
  return Object.entries(signals).flatMap(([reason, is]) => (is ? [reason as ReasonCode] : []));
}

describe('LOG5: what is unusual about a sign-in', () => {
  const remembered = { remembered: { used: { countries: ['FR'], last: seen.last } } };
  test.each<[string, Partial<Attempt>, KnownUse, Tallies, readonly ReasonCode[]]>([
    ['the usual browser at the usual place, without its cookie', {}, { seen }, {}, []],
    ['a remembered browser', {}, remembered, {}, []],
    ['a remembered browser of an older version: nothing is known of its places', {}, { remembered: {} }, {}, []],
    ['the usual browser after an update', { userAgent: firefox.replaceAll('145.0', '146.0.1') }, { seen }, {}, []],
    ['nothing is known', {}, {}, {}, ['new_device']],
    ['another browser', { userAgent: firefox.replace('Macintosh', 'Windows') }, { seen }, {}, ['new_device']],
    ['the usual browser in another home of the same provider', { network: 'next door' }, { seen }, {}, ['new_device']],
    ['another provider', { edge: { ...edge, asn: 12_322 } }, { seen }, {}, ['new_network']],
    [
      'another network where no edge tells its provider',
      { edge: {}, network: 'x' },
      { seen },
      {},
      ['new_device', 'new_network'],
    ],
    ['across a near border', { edge: { ...edge, country: 'CH', coordinates: geneva } }, { seen }, {}, ['new_country']],
    [
      'a remembered browser abroad',
      { edge: { ...edge, country: 'CH', coordinates: geneva } },
      remembered,
      {},
      ['new_country'],
    ],
    ['an hour later on the other side', { edge: { ...edge, coordinates: tokyo } }, { seen }, {}, ['impossible_travel']],
    ['a day later on the other side', { at: now + 24 * hour, edge: { ...edge, coordinates: tokyo } }, { seen }, {}, []],
    ['a bundled anonymiser', { edge: { ...edge, asn: 60_729 } }, { seen }, {}, ['new_network', 'anonymiser']],
    ['an anonymiser of the brand', { edge: { ...edge, asn: 64_500 } }, { seen }, {}, ['new_network', 'anonymiser']],
    ['after a long time', { at: now + 91 * 24 * hour }, { seen }, {}, ['long_unused']],
    ['the fourth try', {}, { seen }, { account: { count: 4, max: 10 } }, ['failed_attempts']],
    ['past half of the account’s tries', {}, { seen }, { account: { count: 3, max: 5 } }, ['velocity_address']],
    ['past half of the network’s tries', {}, { seen }, { ip: { count: 6, max: 10 } }, ['velocity_ip']],
    ['many wrong tries from the system', {}, { seen }, { asn: true }, ['velocity_asn']],
    ['exactly half', {}, { seen }, { ip: { count: 5, max: 10 } }, []],
    ['spraying', {}, { seen }, { spraying: true }, ['spraying']],
    ['no user agent', { userAgent: '' }, remembered, {}, ['automation']],
    ['a tool', { userAgent: 'python-requests/2.32' }, remembered, {}, ['automation']],
    [
      'a browser without a window',
      { userAgent: firefox.replace('Gecko', 'HeadlessChrome') },
      remembered,
      {},
      ['automation'],
    ],
    ['a browser that speaks no language', { acceptLanguage: undefined }, { seen }, {}, ['automation']],
    ['a browser by its handshake', { edge: { ...edge, handshake: 't13d1516h2' } }, { seen }, {}, []],
    ['a browser over QUIC', { edge: { ...edge, handshake: 'q13d0312h3' } }, { seen }, {}, []],
    [
      'the handshake of a tool: no HTTP/2',
      { edge: { ...edge, handshake: 't13d1812h1' } },
      { seen },
      {},
      ['automation'],
    ],
    ['the handshake of a tool: no ALPN', { edge: { ...edge, handshake: 't13d181100' } }, { seen }, {}, ['automation']],
    ['the handshake of a tool: TLS 1.1', { edge: { ...edge, handshake: 't11d1516h2' } }, { seen }, {}, ['automation']],
    ['the handshake of a tool: no name', { edge: { ...edge, handshake: 't13i1516h2' } }, { seen }, {}, ['automation']],
    [
      'an app that speaks HTTP/1.1',
      { userAgent: 'Northwind/4 okhttp/5', edge: { ...edge, handshake: 't13d1812h1' } },
      remembered,
      {},
      [],
    ],
    [
      'an app that speaks no language',
      { userAgent: 'Northwind/4 okhttp/5', acceptLanguage: undefined },
      remembered,
      {},
      [],
    ],
  ])('%s', (_, given, known, tallies, expected) => {
    expect(noticed(given, known, tallies)).toEqual(expected);
  });
});

describe('impossible travel', () => {
  test('distances along the great circle', () => {
    expect(distance(lyon, geneva)).toBeCloseTo(112, -1);
    expect(distance(lyon, tokyo)).toBeCloseTo(9800, -3);
    expect(distance({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 })).toBeCloseTo(22.2, 0);
    expect(distance({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 })).toBeCloseTo(20_015, 0);
  });

  const here = { at: now, coordinates: lyon };
  const there = (at: number) => ({ at, coordinates: tokyo });
  test.each([
    ['at the same time', here, there(now), true],
    ['after nine hours', here, there(now + 9 * hour), true],
    ['after eleven hours', here, there(now + 11 * hour), false],
    ['F19: a clock five minutes back, another continent', here, there(now - 300_000), true],
    ['F19: a clock five minutes back, the same city', here, { at: now - 300_000, coordinates: lyon }, false],
    ['F19: a clock five minutes back, the next city', here, { at: now - 300_000, coordinates: geneva }, false],
    ['the place is not known now', here, { at: now }, false],
    ['the place was not known', { at: now }, there(now), false],
  ])('%s', (_, from, to, expected) => {
    expect(isImpossibleTravel(from, to, 1000)).toBe(expected);
  });

  test('F19: nobody is suspected for staying, whatever the clock does', () => {
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true });
    fc.assert(
      fc.property(degrees(90), degrees(180), fc.integer(), fc.integer(), (latitude, longitude, a, b) => {
        const coordinates = { latitude, longitude };
        expect(isImpossibleTravel({ at: a, coordinates }, { at: b, coordinates }, 1)).toBe(false);
      }),
    );
  });
});

describe('what is remembered', () => {
  const sighting = (n: number, at = n): Sighting => ({
    device: `browser ${n}`,
    network: `network ${n}`,
    system: n,
    place: { at, country: `C${n}` },
  });

  test('the last eight of each kind, newest first', () => {
    const all = Array.from({ length: 12 }, (_, n) => sighting(n)).reduce<Seen | undefined>(addSighting, undefined);
    expect(all?.systems).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    expect([all?.devices.length, all?.networks.length, all?.countries.length]).toEqual([8, 8, 8]);
    expect(all?.last.at).toBe(11);
  });

  test('the same sign-in twice changes nothing, and one that comes late is not the newest', () => {
    const two = addSighting(addSighting(undefined, sighting(1)), sighting(2));
    expect(addSighting(two, sighting(2))).toEqual(two);
    const late = addSighting(two, sighting(0));
    expect(late.systems).toEqual([2, 1, 0]);
    expect(late.last).toEqual(two.last);
    expect(addSighting(late, sighting(0))).toEqual(late);
  });

  test('F19: whatever order sign-ins come in, the newest is the last place', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1 }), (times) => {
        const all = times.map((n) => sighting(n)).reduce<Seen | undefined>(addSighting, undefined);
        expect(all?.last.at).toBe(Math.max(...times));
        expect(all?.systems[0]).toBe(Math.max(...times));
      }),
    );
  });

  test('a place is kept to a tenth of a degree, and a browser keeps countries', () => {
    expect(keptPlace({ ...edge, city: 'Lyon' }, 5)).toEqual({
      at: 5,
      country: 'FR',
      coordinates: { latitude: 45.8, longitude: 4.8 },
    });
    expect(keptPlace({}, 5)).toEqual({ at: 5 });
    expect(addPlace(addPlace(undefined, { at: 1, country: 'FR' }), { at: 2, country: 'CH' })).toEqual({
      countries: ['CH', 'FR'],
      last: { at: 2, country: 'CH' },
    });
  });
});
