import { isSameSecret } from '../domain/same-secret.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** What a device code names: the item by its user code's hash, and that very authorization. */
export interface DeviceCodeSubject {
  readonly hash: string;
  readonly nonce: string;
}

const hashBytes = 32;
const nonceBytes = 16;
const macBytes = 32;

function tag(ring: SealingRing, packed: Buffer): Buffer {
  return ring.mac('device-code', packed.toString('hex'));
}

/** The device's own secret (RFC 8628 section 3.2): a lookup id and a 256-bit MAC, nowhere stored (ADR 0004). */
export function deviceCode(ring: SealingRing, { hash, nonce }: DeviceCodeSubject): string {
  const packed = Buffer.concat([Buffer.from(hash, 'base64url'), Buffer.from(nonce, 'base64url')]);
  return Buffer.concat([packed, tag(ring, packed)]).toString('base64url');
}

/** Reads a device code; `undefined` for anything that this brand did not make. Costs no read. */
export function readDeviceCode(ring: SealingRing, text: string): DeviceCodeSubject | undefined {
  if (text.length > 200) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== hashBytes + nonceBytes + macBytes) return undefined;
  const packed = bytes.subarray(0, hashBytes + nonceBytes);
  if (!isSameSecret(bytes.subarray(hashBytes + nonceBytes), tag(ring, packed))) return undefined;
  return {
    hash: packed.subarray(0, hashBytes).toString('base64url'),
    nonce: packed.subarray(hashBytes).toString('base64url'),
  };
}
