import { isSessionId, isUserId, type SessionId, type UserId } from '../domain/id.ts';
import { isSameSecret } from '../domain/same-secret.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';

/** Which session a refresh token continues, and how many rotations it has seen. */
export interface RefreshTokenSubject {
  readonly user: UserId;
  readonly session: SessionId;
  readonly generation: number;
}

/** Lets secret scanners know a leaked token. */
const prefix = 'lkr_';
const userBytes = 16;
const sessionBytes = 18;
const macBytes = 32;
const subjectBytes = userBytes + sessionBytes + 4;

function pack({ user, session, generation }: RefreshTokenSubject): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(generation);
  return Buffer.concat([Buffer.from(user.slice(4), 'base64url'), Buffer.from(session.slice(4), 'hex'), counter]);
}

/**
 * An opaque token of a lookup id and a 256-bit MAC. The table holds the live generation and no token; a successor can
 * be made again within the grace window, which is what keeps a lost reply from ending a session (ADR 0004).
 */
export function refreshToken(ring: SealingRing, subject: RefreshTokenSubject): string {
  const packed = pack(subject);
  return prefix + Buffer.concat([packed, ring.mac('refresh', packed.toString('hex'))]).toString('base64url');
}

/** Reads a refresh token; `undefined` for anything that this brand did not make. Costs no read. */
export function readRefreshToken(ring: SealingRing, token: string): RefreshTokenSubject | undefined {
  if (!token.startsWith(prefix) || token.length > 200) return undefined;
  const bytes = Buffer.from(token.slice(prefix.length), 'base64url');
  if (bytes.length !== subjectBytes + macBytes) return undefined;
  const packed = bytes.subarray(0, subjectBytes);
  const expected = ring.mac('refresh', packed.toString('hex'));
  if (!isSameSecret(bytes.subarray(subjectBytes), expected)) return undefined;
  const user = `usr_${packed.subarray(0, userBytes).toString('base64url')}`;
  const session = `ses_${packed.subarray(userBytes, userBytes + sessionBytes).toString('hex')}`;
  if (!isUserId(user) || !isSessionId(session)) return undefined;
  return { user, session, generation: packed.readUInt32BE(userBytes + sessionBytes) };
}
