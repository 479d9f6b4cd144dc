import type { Assurance, Method } from './assurance.ts';
import { type SessionId, sessionStart, type UserId } from './id.ts';
import type { PersonalClaim } from './personal-claims.ts';
import type { Edge } from './place.ts';
import { seconds } from './time.ts';

/** A session of one person at one client, with the refresh token that continues it: one `GRANT#` item. */
export interface Session extends Assurance {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly clientId: string;
  /** Space-separated (RFC 6749 section 3.3). */
  readonly scope: string;
  /** Rotations so far; the live refresh token is the one of this generation. */
  readonly generation: number;
  /** Milliseconds of the last rotation. */
  readonly rotatedAt?: number;
  /** Proofs that its sign-in gave; `acr` and `amr` are made of them. */
  readonly methods: readonly Method[];
  /** Epoch seconds, as are the following. */
  readonly authTime: number;
  readonly lastSeenAt: number;
  readonly idleUntil: number;
  readonly endsAt: number;
  /** `SessionDevice`, sealed under the session's own key. */
  readonly sealed: string;
  /** Milliseconds. */
  readonly revokedAt?: number;
  /** The browser session at which it was authorized; its end is this session's end. */
  readonly browserSession?: SessionId;
  readonly code?: AuthorizationCode;
  /** Single claims that the request asked for (OIDC Core section 5.5), within what its client may have. */
  readonly claims?: RequestedClaims;
  /** Milliseconds at which its client was told of its end. */
  readonly toldAt?: number;
  /** Thumbprint (RFC 7638) of the key that a public client's refresh token is bound to (RFC 9449 section 5). */
  readonly jkt?: string;
}

/** Names of single claims about the person, by where they are wanted. */
export interface RequestedClaims {
  readonly idToken: readonly PersonalClaim[];
  readonly userinfo: readonly PersonalClaim[];
}

/** What an authorization code is bound to (RFC 6749 section 4.1.3, RFC 7636); it lives in the session that it opens. */
export interface AuthorizationCode {
  readonly redirectUri: string;
  /** S256; absent for a client that is exempted from PKCE. */
  readonly challenge?: string;
  readonly nonce?: string;
  /** Thumbprint of the key that must be proven at the exchange (RFC 9449 section 10). */
  readonly jkt?: string;
  /** Epoch seconds. */
  readonly until: number;
  /** Milliseconds. */
  readonly usedAt?: number;
}

/** Where a session was begun. */
export interface SessionDevice {
  readonly ip: string;
  /** The User-Agent header, cut to 256 characters. */
  readonly userAgent: string;
  /** Where it was, as the edge told it; absent without one. */
  readonly edge?: Edge;
}

/** What of the user decides whether a session is alive. */
export interface SessionOwner {
  readonly status: 'active' | 'disabled';
  /** Milliseconds: sessions begun earlier are dead, but for `keptSession` (DESIGN section 3). */
  readonly sessionsValidFrom: number;
  readonly keptSession?: SessionId;
}

/** Whether the owner lets the session live: signing out everywhere is one write on the user. */
export function ownerAllows(owner: SessionOwner, session: SessionId): boolean {
  const begun = sessionStart(session) >= owner.sessionsValidFrom || owner.keptSession === session;
  return owner.status === 'active' && begun;
}

/** Whether session and owner are alive now, by server time alone (SES5). */
export function isAlive(
  session: Pick<Session, 'id' | 'revokedAt' | 'endsAt' | 'idleUntil'> | undefined,
  owner: SessionOwner | undefined,
  now: number,
): boolean {
  if (!session || !owner || session.revokedAt !== undefined) return false;
  return session.endsAt > seconds(now) && session.idleUntil > seconds(now) && ownerAllows(owner, session.id);
}

/** The session on whose word something is changed: of a client's application, or of a browser at Latchkey itself. */
export interface Asker {
  readonly at: 'client' | 'browser';
  readonly session: SessionId;
}

/** Whether a client has taken a session up: one whose code nobody has exchanged is nobody's yet. */
export function isTakenUp({ code }: Pick<Session, 'code'>): boolean {
  return code === undefined || code.usedAt !== undefined;
}

/** The key under which a session's device is sealed. */
export function sessionItemKey(user: UserId, session: SessionId): string {
  return `GRANT#${user}#${session}`;
}
