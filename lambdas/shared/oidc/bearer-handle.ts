import { timingSafeEqual } from 'node:crypto';
import { isSessionId, isUserId, type SessionId, type UserId } from '../domain/id.ts';
import type { MacPurpose, SealingRing } from '../vault/sealing-ring.ts';

/** What an opaque handle names. */
export interface HandleSubject {
  readonly user: UserId;
  readonly session: SessionId;
}

const userBytes = 16;
const sessionBytes = 18;
const macBytes = 32;

function pack({ user, session }: HandleSubject): Buffer {
  return Buffer.concat([Buffer.from(user.slice(4), 'base64url'), Buffer.from(session.slice(4), 'hex')]);
}

/**
 * An opaque handle of a lookup id and a 256-bit MAC: authorization codes and session cookies (ADR 0004). The purpose
 * keeps one kind from passing for the other (VC4); nothing of it is stored.
 */
export function handle(ring: SealingRing, purpose: MacPurpose, subject: HandleSubject): string {
  const packed = pack(subject);
  return Buffer.concat([packed, ring.mac(purpose, packed.toString('hex'))]).toString('base64url');
}

/** Reads a handle; `undefined` for anything that this brand did not make for this purpose. Costs no read. */
export function readHandle(ring: SealingRing, purpose: MacPurpose, text: string): HandleSubject | undefined {
  if (text.length > 200) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== userBytes + sessionBytes + macBytes) return undefined;
  const packed = bytes.subarray(0, userBytes + sessionBytes);
  if (!timingSafeEqual(ring.mac(purpose, packed.toString('hex')), bytes.subarray(userBytes + sessionBytes))) {
    return undefined;
  }
  const user = `usr_${packed.subarray(0, userBytes).toString('base64url')}`;
  const session = `ses_${packed.subarray(userBytes).toString('hex')}`;
  return isUserId(user) && isSessionId(session) ? { user, session } : undefined;
}
