import { assuranceOf, type Method } from './assurance.ts';
import type { Client, Lifetimes } from './brand.ts';
import { newSessionId, type Random, type UserId } from './id.ts';
import { type Session, type SessionDevice, sessionItemKey } from './session.ts';
import { seconds } from './time.ts';

export interface SignIn {
  readonly userId: UserId;
  readonly client: Client;
  readonly scope: string;
  readonly methods: readonly Method[];
  readonly device: SessionDevice;
}

export interface SessionMaking {
  readonly lifetimes: Lifetimes;
  readonly random: Random;
  /** Milliseconds. */
  readonly now: number;
  readonly sealEphemeral: (itemKey: string, value: unknown) => string;
}

/** A new session, with an id that nobody had before the sign-in (SES2). */
export function newSession(making: SessionMaking, signIn: SignIn): Session {
  const { lifetimes, random, now, sealEphemeral } = making;
  const id = newSessionId(now, random);
  const endsAt = seconds(now) + lifetimes.refreshAbsolute;
  return {
    id,
    userId: signIn.userId,
    clientId: signIn.client.id,
    scope: signIn.scope,
    generation: 0,
    methods: signIn.methods,
    ...assuranceOf(signIn.methods),
    authTime: seconds(now),
    lastSeenAt: seconds(now),
    idleUntil: Math.min(endsAt, seconds(now) + lifetimes.refreshIdle),
    endsAt,
    sealed: sealEphemeral(sessionItemKey(signIn.userId, id), signIn.device),
  };
}
