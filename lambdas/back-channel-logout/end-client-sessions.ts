import type { Brand, Client } from '../shared/domain/brand.ts';
import { originOf } from '../shared/domain/browser-session.ts';
import { findClient } from '../shared/domain/clients.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { EventId, Random, SessionId, UserId } from '../shared/domain/id.ts';
import type { Session } from '../shared/domain/session.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findBrowserSession } from '../shared/store/browser-session-store.ts';
import type { claimTelling, markTold } from '../shared/store/logout-telling.ts';
import type { endSession, listSessions } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import { diesWith, type Ending, isEnded } from './what-ended.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{
    readonly findUser: typeof findUser;
    readonly findBrowserSession: typeof findBrowserSession;
    readonly listSessions: typeof listSessions;
    readonly endSession: typeof endSession;
    readonly claimTelling: typeof claimTelling;
    readonly markTold: typeof markTold;
  }>;
  /** Tells one client; throws where it should be tried again. */
  readonly tell: (client: Client, sub: UserId, sid: SessionId) => Promise<void>;
}

/** What one client knows under one `sid`: told once, however many grants it has. */
interface Telling {
  readonly client: Client;
  readonly sid: SessionId;
  /** The oldest of them. Whoever claims it tells: of rivals that claimed them all, each could win a part. */
  readonly first: Session;
  readonly others: readonly Session[];
}

/** A client that never redeemed its code has no session to end. */
const wasOpened = ({ code }: Session) => code === undefined || code.usedAt !== undefined;

function tellings(brand: Brand, sessions: readonly Session[]): readonly Telling[] {
  const untold = sessions.filter((each) => each.toldAt === undefined && wasOpened(each));
  const groups = Map.groupBy(untold, ({ clientId, browserSession, id }) => `${clientId} ${browserSession ?? id}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    const client = first && findClient(brand, first.clientId);
    if (!first || !client?.backchannelLogoutUri) return [];
    return [{ client, sid: first.browserSession ?? first.id, first, others }];
  });
}

/**
 * Ends what clients had from what ended, and tells each client that asked to be told, once for each of its sessions. One
 * that cannot be reached keeps no other from being told; done twice it changes nothing more.
 * @param by the event, whose claim to tell outlives a failure
 * @throws Refusal `unavailable`, or what `tell` throws: the event is tried again (LO2)
 */
export async function endClientSessions(
  deps: Deps,
  sub: UserId,
  ending: Ending,
  by: EventId,
  now: number,
): Promise<void> {
  const { brand, random, store, tell } = deps;
  const [sessions, owner, browser] = await Promise.all([
    store.listSessions(sub),
    store.findUser(sub),
    ending.of === 'browser' ? store.findBrowserSession(sub, ending.session) : undefined,
  ]);
  // Clients know a browser's session by the first of those that took each other's place.
  const named: Ending = browser ? { of: 'browser', session: originOf(browser) } : ending;
  const ended = sessions.filter((session) => isEnded(named, session, owner));

  // Claimed first: the end of each session is an event too, and must find the telling taken.
  const claims = tellings(brand, ended).map(async (telling) => {
    const { first, others } = telling;
    if (!(await store.claimTelling(sub, first.id, by, now))) return [];
    await Promise.all(others.map(({ id }) => store.claimTelling(sub, id, by, now)));
    return [telling];
  });
  const claimed = (await Promise.all(claims)).flat();

  const reason = ending.of === 'client' ? 'revoked' : 'signed_out';
  await Promise.all(
    ended
      .filter((session) => diesWith(ending, session))
      .map(({ id }) => {
        const event = newEvent('session.ended', { sub, session: id, reason }, now, random);
        return store.endSession(sub, id, event, now);
      }),
  );

  const told = await Promise.allSettled(
    claimed.map(async (telling) => {
      await tell(telling.client, sub, telling.sid);
      const known = [telling.first, ...telling.others];
      await Promise.all(known.map(({ id }) => store.markTold(sub, id, now)));
    }),
  );
  for (const outcome of told) if (outcome.status === 'rejected') throw outcome.reason;
}
