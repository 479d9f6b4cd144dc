import { assuranceOf, type Method } from './assurance.ts';
import type { Client } from './brand.ts';
import { type BrowserSession, browserSessionItemKey, type NamedSession, originOf } from './browser-session.ts';
import { type ItemEvent, newEvent } from './event.ts';
import { newSessionId, type SessionId, type UserId } from './id.ts';
import type { Risk } from './risk.ts';
import type { Session, SessionDevice } from './session.ts';
import { newSession, type SessionMaking } from './session-start.ts';
import { seconds } from './time.ts';

/** Where a proven person is let in: at a client of the JSON journeys, or at Latchkey's own pages on a client's behalf. */
export type Entrance =
  | { readonly at: 'client'; readonly client: Client; readonly scope: string }
  | {
      readonly at: 'browser';
      readonly client: Client;
      /** The session that the browser has until then, by its cookie; whose it is, and whether it lives, is not known yet. */
      readonly claimed?: NamedSession | undefined;
    };

/** A browser's session that ends because another one begins there. */
export interface LeftSession extends NamedSession {
  /** The one that takes its place; left out where somebody else has signed in. */
  readonly by?: SessionId;
  readonly event: ItemEvent;
}

/** The way in that a proof is made on: it ends flows of its own front alone, and lets their clients in or refuses. */
export interface WayIn {
  readonly at: Entrance['at'];
  readonly entranceOf: (client: Client) => Entrance;
}

/** What a proof begins: the session of its entrance, and the event that its item carries. */
export type Beginning =
  | { readonly at: 'client'; readonly client: Client; readonly session: Session; readonly signedIn: ItemEvent }
  | {
      readonly at: 'browser';
      readonly client: Client;
      readonly session: BrowserSession;
      readonly signedIn: ItemEvent;
      /** They end in the same write: a browser never has two (SES2). */
      readonly left: readonly LeftSession[];
    };

/** A person who has just proven who they are. */
export interface Proven {
  readonly userId: UserId;
  readonly methods: readonly Method[];
  readonly device: SessionDevice;
  /** The browser session that a stronger one takes the place of; its sign-in and its end stay what they were (MFA9). */
  readonly since?: BrowserSession;
  /** The live session that the browser had until now, of this person or another. */
  readonly former?: BrowserSession | undefined;
  /** How risky it is; absent where a way in is not weighed. */
  readonly risk?: Risk;
}

function newBrowserSession(making: SessionMaking, proven: Proven): BrowserSession {
  const { userId, methods, device, since, former } = proven;
  const { lifetimes, random, now, sealEphemeral } = making;
  const id = newSessionId(now, random);
  const before = since ?? (former?.userId === userId ? former : undefined);
  const endsAt = since?.endsAt ?? seconds(now) + lifetimes.refreshAbsolute;
  return {
    id,
    userId,
    methods,
    ...assuranceOf(methods),
    ...(before && { origin: originOf(before) }),
    authTime: since?.authTime ?? seconds(now),
    lastSeenAt: seconds(now),
    idleUntil: Math.min(endsAt, seconds(now) + lifetimes.refreshIdle),
    endsAt,
    sealed: sealEphemeral(browserSessionItemKey(userId, id), device),
  };
}

/** The sessions that end with this beginning: the same person's live on in it, another's is signed out. */
function leftSessions({ random, now }: SessionMaking, by: BrowserSession, { since, former }: Proven) {
  const before = [since, former?.id === since?.id ? undefined : former].filter((each) => each !== undefined);
  return before.map(({ userId: sub, id: session }): LeftSession => {
    if (sub !== by.userId) {
      return { user: sub, session, event: newEvent('browser_session.ended', { sub, session }, now, random) };
    }
    const event = newEvent('browser_session.replaced', { sub, session, by: by.id }, now, random);
    return { user: sub, session, by: by.id, event };
  });
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
    const left = leftSessions(making, session, proven);
    return { at: 'browser', client, session, signedIn: event(session), left };
  }
  const session = newSession(making, { ...proven, client, scope: entrance.scope });
  return { at: 'client', client, session, signedIn: event(session) };
}
