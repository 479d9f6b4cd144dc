import { type Activity, activityId, activityItemKey } from '../shared/domain/activity.ts';
import { browserKind } from '../shared/domain/browser-kind.ts';
import { browserSessionItemKey } from '../shared/domain/browser-session.ts';
import type { SessionId, UserId } from '../shared/domain/id.ts';
import { networkOf } from '../shared/domain/network.ts';
import { keptPlace } from '../shared/domain/place.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { ReasonCode } from '../shared/domain/risk.ts';
import { addSighting, networkMark, type Seen, type Sighting, seenItemKey } from '../shared/domain/seen.ts';
import { type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import type { addActivity } from '../shared/store/activity-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findBrowserSession } from '../shared/store/browser-session-store.ts';
import type { changeSeen } from '../shared/store/seen-store.ts';
import type { findSession } from '../shared/store/session-store.ts';
import type { findUser } from '../shared/store/user-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly sealing: SealingRing;
  readonly store: Bound<{
    readonly addActivity: typeof addActivity;
    readonly changeSeen: typeof changeSeen;
    readonly findBrowserSession: typeof findBrowserSession;
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
  }>;
}

/** A sign-in that took place, as its event tells. */
export interface SignedIn {
  readonly eventId: string;
  /** Milliseconds. */
  readonly at: number;
  readonly sub: UserId;
  readonly session: SessionId;
  readonly client: string;
  readonly reasons: readonly ReasonCode[];
}

/** Rivals that one change outlasts before the event is tried again. */
const rivals = 5;

/** The device of the session that the event is about; nothing where an application got it from a browser signed in. */
async function deviceOf({ sealing, store }: Deps, { sub, session }: SignedIn): Promise<SessionDevice | undefined> {
  const [browser, client] = await Promise.all([
    store.findBrowserSession(sub, session),
    store.findSession(sub, session),
  ]);
  if (browser) return sealing.openEphemeral(browserSessionItemKey(sub, session), browser.sealed) as SessionDevice;
  if (!client || client.browserSession) return undefined;
  return sealing.openEphemeral(sessionItemKey(sub, session), client.sealed) as SessionDevice;
}

function sightingOf(sealing: SealingRing, { ip, userAgent, edge = {} }: SessionDevice, at: number): Sighting {
  return {
    device: browserKind(userAgent),
    network: networkMark(sealing.lookup('ip', networkOf(ip))),
    ...(edge.asn !== undefined && { system: edge.asn }),
    place: keptPlace(edge, at),
  };
}

/**
 * Adds a sign-in to what is known of the account’s use, and to the lines that its owner reads. Done twice it changes
 * nothing; out of order it changes no newest place. The event tells ids alone: what was where is read from the session.
 * @throws Refusal `unavailable`: the event is tried again
 */
export async function rememberSignIn(deps: Deps, signedIn: SignedIn, now: number): Promise<void> {
  const { sealing, store } = deps;
  const { sub, at, eventId, reasons, client } = signedIn;
  const [device, user] = await Promise.all([deviceOf(deps, signedIn), store.findUser(sub)]);
  if (!device || !user) return;

  const id = activityId(at, eventId);
  const sealed = sealing.sealEphemeral(activityItemKey(sub, id), device);
  const line: Activity = { userId: sub, id, at, outcome: 'signed_in', reasons, clientId: client, sealed };
  const key = seenItemKey(user.identHash);
  const sighting = sightingOf(sealing, device, at);
  const add = (before: string | undefined) => {
    const seen = before === undefined ? undefined : (sealing.openEphemeral(key, before) as Seen);
    return sealing.sealEphemeral(key, addSighting(seen, sighting));
  };
  // A sign-in that was disowned before its event came is not remembered again (LOG5).
  const counts = at >= (user.devicesValidFrom ?? 0);
  const [known] = await Promise.all([
    counts ? changed(() => store.changeSeen(user.identHash, add, now)) : true,
    store.addActivity(line),
  ]);
  if (!known) throw new Refusal('unavailable');
}

async function changed(change: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < rivals; tries++) if (await change()) return true;
  return false;
}
