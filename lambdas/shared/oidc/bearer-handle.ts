import { isSessionId, isUserId, type SessionId, type UserId } from '../domain/id.ts';
import { isSameSecret } from '../domain/same-secret.ts';
import type { MacPurpose, SealingRing } from '../vault/sealing-ring.ts';

/** What an opaque handle names. */
export interface HandleSubject {
  readonly user: UserId;
  readonly session: SessionId;
  /** Of a code: the browser's session in which it was issued. */
  readonly browser?: SessionId;
}

const userBytes = 16;
const sessionBytes = 18;
const macBytes = 32;

function pack({ user, session, browser = 'ses_' }: HandleSubject): Buffer {
  const sessions = [session, browser].map((id) => Buffer.from(id.slice(4), 'hex'));
  return Buffer.concat([Buffer.from(user.slice(4), 'base64url'), ...sessions]);
}

function sessionAt(packed: Buffer, from: number): string {
  return `ses_${packed.subarray(from, from + sessionBytes).toString('hex')}`;
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
  const packed = bytes.subarray(0, -macBytes);
  const extra = packed.length - userBytes - sessionBytes;
  if (extra !== 0 && extra !== sessionBytes) return undefined;
  if (!isSameSecret(bytes.subarray(-macBytes), ring.mac(purpose, packed.toString('hex')))) return undefined;
  const user = `usr_${packed.subarray(0, userBytes).toString('base64url')}`;
  const session = sessionAt(packed, userBytes);
  if (!isUserId(user) || !isSessionId(session)) return undefined;
  const browser = sessionAt(packed, userBytes + sessionBytes);
  return { user, session, ...(isSessionId(browser) && { browser }) };
}
