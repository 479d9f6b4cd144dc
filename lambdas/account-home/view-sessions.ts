import { type BrowserSession, browserSessionItemKey } from '../shared/domain/browser-session.ts';
import { describeDevice } from '../shared/domain/describe-device.ts';
import { isAlive, isTakenUp, type Session, type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

/** A session as its owner sees it. */
export interface SessionShown {
  readonly id: string;
  /** Name of the application; a browser has none. */
  readonly client?: string;
  readonly device: string;
  /** IP address that it was begun from. */
  readonly place: string;
  /** Milliseconds. */
  readonly seenAt: number;
  /** The one that asks. */
  readonly current: boolean;
}

interface Sessions {
  readonly browsers: readonly BrowserSession[];
  readonly applications: readonly Session[];
}

/**
 * Shows the sessions that are alive, the one that asks first, then the latest.
 * @param nameOf name of an application by its id
 */
export function viewSessions(
  nameOf: (clientId: string) => string,
  sealing: SealingRing,
  { session, user }: SignedInPerson,
  { browsers, applications }: Sessions,
  now: number,
): { readonly browsers: readonly SessionShown[]; readonly applications: readonly SessionShown[] } {
  const show = (each: BrowserSession | Session, key: string): SessionShown => {
    const { ip, userAgent } = sealing.openEphemeral(key, each.sealed) as SessionDevice;
    const seenAt = each.lastSeenAt * 1000;
    return { id: each.id, device: describeDevice(userAgent), place: ip, seenAt, current: each.id === session.id };
  };
  const alive = <S extends BrowserSession>(sessions: readonly S[]) =>
    sessions
      .filter((each) => isAlive(each, user, now))
      .toSorted((a, b) => Number(b.id === session.id) - Number(a.id === session.id) || b.lastSeenAt - a.lastSeenAt);
  return {
    browsers: alive(browsers).map((each) => show(each, browserSessionItemKey(user.id, each.id))),
    applications: alive(applications.filter(isTakenUp)).map((each) => ({
      ...show(each, sessionItemKey(user.id, each.id)),
      client: nameOf(each.clientId),
    })),
  };
}
