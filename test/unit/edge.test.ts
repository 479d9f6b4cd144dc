import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeKind } from '../../lambdas/shared/http/configuration.ts';
import { readEvent } from '../../lambdas/shared/http/request.ts';

const viewer = {
  'CloudFront-Viewer-Address': '203.0.113.9:46532',
  'CloudFront-Viewer-Country': 'FR',
  'CloudFront-Viewer-City': 'Saint-%C3%89tienne',
  'CloudFront-Viewer-ASN': '3215',
  'CloudFront-Viewer-Latitude': '45.43000',
  'CloudFront-Viewer-Longitude': '-4.39000',
  'CloudFront-Viewer-JA4-Fingerprint': 't13d1516h2_8daaf6152771_02713d6af862',
};

function read(headers: Readonly<Record<string, string>>, kind?: 'none' | 'cloudfront') {
  const event = { headers, requestContext: { http: { sourceIp: '192.0.2.1' } } };
  const { ip, edge } = readEvent(event as unknown as Parameters<typeof readEvent>[0], 0, kind);
  return { ip, edge };
}

describe('RL5: the headers of an edge', () => {
  test('RL5: without an edge none of them is believed', () => {
    for (const kind of [undefined, 'none'] as const) {
      expect(read(viewer, kind)).toEqual({ ip: '192.0.2.1', edge: {} });
    }
  });

  test('RL5: behind CloudFront its word counts, and X-Forwarded-For is still anybody’s', () => {
    const claimed = { ...viewer, 'x-forwarded-for': '198.51.100.1', 'true-client-ip': '198.51.100.1' };
    expect(read(claimed, 'cloudfront')).toEqual({
      ip: '203.0.113.9',
      edge: {
        country: 'FR',
        city: 'Saint-Étienne',
        asn: 3215,
        coordinates: { latitude: 45.43, longitude: -4.39 },
        handshake: 't13d1516h2',
      },
    });
  });

  test.each([
    ['203.0.113.9:1', '203.0.113.9'],
    ['2001:db8::1:46532', '2001:db8::1'],
    ['[2001:db8::1]:46532', '2001:db8::1'],
    ['', '192.0.2.1'],
    ['203.0.113.9, 198.51.100.1:5', '192.0.2.1'],
    ['localhost:5', '192.0.2.1'],
  ])('RL5: the address %j is %s', (address, ip) => {
    expect(read({ 'cloudfront-viewer-address': address }, 'cloudfront').ip).toBe(ip);
  });

  test.each([
    ['country', 'france'],
    ['country', 'FR\r\nx'],
    ['asn', '-1'],
    ['asn', '12345678901'],
    ['latitude', '91'],
    ['latitude', 'NaN'],
    ['longitude', '-181'],
    ['longitude', '1e2'],
    ['city', '%0d%0a'],
    ['ja4-fingerprint', '<script>'],
    ['ja4-fingerprint', 't13d1516h2'],
    ['ja4-fingerprint', 't13d1516h2_8DAAF6152771_02713d6af862'],
  ])('F28: a %s %j is not known', (name, value) => {
    const { edge } = read({ [`cloudfront-viewer-${name}`]: value }, 'cloudfront');
    expect(edge).toEqual({});
  });

  test('LG2: a city is one short line, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { city = 'x' } = read({ 'cloudfront-viewer-city': text }, 'cloudfront').edge;
        expect(city).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]{1,64}$/u);
      }),
    );
  });

  test('F30: an edge that nobody knows stops the function', () => {
    expect([edgeKind({}), edgeKind({ EDGE: 'cloudfront' })]).toEqual(['none', 'cloudfront']);
    expect(() => edgeKind({ EDGE: 'cloudflare' })).toThrow('EDGE must be none or cloudfront');
  });
});
