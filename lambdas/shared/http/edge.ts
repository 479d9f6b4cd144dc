import { isIP } from 'node:net';
import type { Edge } from '../domain/place.ts';

/** What stands in front of the gateway. Without an edge no header says who or where somebody is (RL5). */
export type EdgeKind = 'none' | 'cloudfront';

type Headers = Readonly<Record<string, string>>;

const maxText = 64;

/** A name as the edge sends it: percent-encoded where it is not ASCII; without control or direction characters. */
function nameOf(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const safe = decoded(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]/gu, '')
    .trim()
    .slice(0, maxText);
  return safe || undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function matching(text: string | undefined, shape: RegExp): string | undefined {
  return text !== undefined && shape.test(text) ? text : undefined;
}

function degrees(text: string | undefined, max: number): number | undefined {
  const value = Number(matching(text, /^-?\d{1,3}(\.\d{1,12})?$/));
  return Number.isFinite(value) && Math.abs(value) <= max ? value : undefined;
}

function coordinatesOf(headers: Headers): Edge['coordinates'] {
  const latitude = degrees(headers['cloudfront-viewer-latitude'], 90);
  const longitude = degrees(headers['cloudfront-viewer-longitude'], 180);
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** `198.51.100.10:46532`, `2001:db8::1:46532`, `[2001:db8::1]:46532` -> the address. */
function addressOf(text: string | undefined): string | undefined {
  const address = text?.replace(/:\d{1,5}$/, '').replace(/^\[(.*)\]$/, '$1') ?? '';
  return isIP(address) ? address : undefined;
}

/** The readable part of a JA4 fingerprint (FoxIO): transport, version, name, counts, protocol; the hashes are left. */
function handshakeOf(ja4: string | undefined): string | undefined {
  return /^([tqd][0-9a-z]{2}[di]\d{4}[0-9a-z]{2})_[0-9a-f]{12}_[0-9a-f]{12}$/.exec(ja4 ?? '')?.[1];
}

/** Leaves out what is not known. */
function known<T extends object>(members: T): { readonly [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/**
 * Reads what CloudFront says of a viewer. It overwrites these headers on every request that comes through it, so that
 * they are its word as long as nobody reaches the gateway around it (INF5).
 */
export function readEdge(kind: EdgeKind, headers: Headers): { readonly edge: Edge; readonly ip?: string } {
  if (kind === 'none') return { edge: {} };
  const asn = matching(headers['cloudfront-viewer-asn'], /^\d{1,10}$/);
  const ip = addressOf(headers['cloudfront-viewer-address']);
  const edge: Edge = known({
    country: matching(headers['cloudfront-viewer-country'], /^[A-Z]{2}$/),
    city: nameOf(headers['cloudfront-viewer-city']),
    coordinates: coordinatesOf(headers),
    asn: asn === undefined ? undefined : Number(asn),
    handshake: handshakeOf(headers['cloudfront-viewer-ja4-fingerprint']),
  });
  return { edge, ...(ip && { ip }) };
}
