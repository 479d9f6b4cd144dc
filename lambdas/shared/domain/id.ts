import { randomBytes } from 'node:crypto';

export type UserId = `usr_${string}`;
/** Carries the millisecond at which the session began, so that "valid from" can be compared without a read. */
export type SessionId = `ses_${string}`;
export type FlowId = `flw_${string}`;
export type EventId = `evt_${string}`;

/** Cryptographic randomness, handed in so that a test can fix it. */
export type Random = (bytes: number) => Buffer;

export const systemRandom: Random = (bytes) => randomBytes(bytes);

/** 128 random bits: a subject identifier that tells nothing (OIDC Core section 2, `sub`). */
export function newUserId(random: Random): UserId {
  return `usr_${random(16).toString('base64url')}`;
}

/** 128 random bits: a flow id is a bearer of the flow (ASVS 7.2.3). */
export function newFlowId(random: Random): FlowId {
  return `flw_${random(16).toString('base64url')}`;
}

/** 128 random bits, by which consumers recognise a repeated delivery. */
export function newEventId(random: Random): EventId {
  return `evt_${random(16).toString('base64url')}`;
}

/** Twelve hex digits of milliseconds, then 96 random bits: sorts by age as a sort key. */
export function newSessionId(startedAt: number, random: Random): SessionId {
  return `ses_${startedAt.toString(16).padStart(12, '0')}${random(12).toString('hex')}`;
}

/** Milliseconds since the epoch at which the session began. */
export function sessionStart(id: SessionId): number {
  return Number.parseInt(id.slice(4, 16), 16);
}

const shapes = {
  usr: /^usr_[A-Za-z0-9_-]{22}$/,
  flw: /^flw_[A-Za-z0-9_-]{22}$/,
  ses: /^ses_[0-9a-f]{36}$/,
} as const;

/** Whether the text has the shape of a user id; nothing else becomes a key. */
export function isUserId(text: string): text is UserId {
  return shapes.usr.test(text);
}

/** Whether the text has the shape of a flow id. */
export function isFlowId(text: string): text is FlowId {
  return shapes.flw.test(text);
}

/** Whether the text has the shape of a session id. */
export function isSessionId(text: string): text is SessionId {
  return shapes.ses.test(text);
}
