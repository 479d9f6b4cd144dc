import { assuranceOf, type Method } from './assurance.ts';
import type { Client } from './brand.ts';
import { type BrowserSession, browserSessionItemKey, originOf } from './browser-session.ts';
import { type ItemEvent, newEvent } from './event.ts';
import { newSessionId, type UserId } from './id.ts';
import type { Risk } from './risk.ts';
import type { Session, SessionDevice } from './session.ts';
import { newSession, type SessionMaking } from './session-start.ts';
import { seconds } from './time.ts';

/** Where a proven person is let in: at a client of the JSON journeys, or at Latchkey's own pages on a client's behalf. */
export type Entrance =
  | { readonly at: 'client'; readonly client: Client; readonly scope: string }
  | { readonly at: 'browser'; readonly client: Client };

/** The way in that a proof is made on: it ends flows of its own front alone, and lets their clients in or refuses. */
export interface WayIn {
  readonly at: Entrance['at'];
  readonly entranceOf: (client: Client) => Entrance;
}

/** What a proof begins: the session of its entrance, and the event that its item carries. */
export type Beginning =
  | { readonly at: 'client'; readonly client: Client; readonly session: Session; readonly signedIn: ItemEvent }
  | { readonly at: 'browser'; readonly client: Client; readonly session: BrowserSession; readonly signedIn: ItemEvent };

/** A person who has just proven who they are. */
export interface Proven {
  readonly userId: UserId;
  readonly methods: readonly Method[];
  readonly device: SessionDevice;
  /** The browser session that a stronger one takes the place of; its sign-in and its end stay what they were (MFA9). */
  readonly since?: BrowserSession;
  /** How risky it is; absent where a way in is not weighed. */
  readonly risk?: Risk;
}

function newBrowserSession(making: SessionMaking, { userId, methods, device, since }: Proven): BrowserSession {
  const { lifetimes, random, now, sealEphemeral } = making;
  const id = newSessionId(now, random);
  const endsAt = since?.endsAt ?? seconds(now) + lifetimes.refreshAbsolute;
  return {
    id,
    userId,
    methods,
    ...assuranceOf(methods),
    ...(since && { origin: originOf(since) }),
    authTime: since?.authTime ?? seconds(now),
    lastSeenAt: seconds(now),
    idleUntil: Math.min(endsAt, seconds(now) + lifetimes.refreshIdle),
    endsAt,
    sealed: sealEphemeral(browserSessionItemKey(userId, id), device),
  };
}

/** Lets a proven person in, with a session id that nobody had before (SES2). */
export function newBeginning(making: SessionMaking, entrance: Entrance, proven: Proven): Beginning {
  const { client } = entrance;
  const { userId: sub, risk } = proven;
  const weighed = risk && { outcome: risk.outcome, reasons: [...risk.reasons] };
  const event = ({ id, amr }: Pick<Session, 'id' | 'amr'>) => {
    const data = { sub, session: id, client: client.id, amr: [...amr], ...weighed };
    return newEvent('user.signed_in', data, making.now, making.random);
  };
  if (entrance.at === 'browser') {
    const session = newBrowserSession(making, proven);
    return { at: 'browser', client, session, signedIn: event(session) };
  }
  const session = newSession(making, { ...proven, client, scope: entrance.scope });
  return { at: 'client', client, session, signedIn: event(session) };
}
