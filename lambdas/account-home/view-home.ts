import type { Brand, Purpose } from '../shared/domain/brand.ts';
import { findClient } from '../shared/domain/clients.ts';
import type { Consent } from '../shared/domain/consent.ts';
import { describeDevice } from '../shared/domain/describe-device.ts';
import { isAlive, type Session, type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import type { Said } from '../shared/store/agreement-store.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

/** What a person finds at home. */
export interface Home {
  readonly email: string;
  readonly name: string;
  readonly purposes: readonly { readonly purpose: Purpose; readonly granted: boolean }[];
  readonly applications: readonly { readonly id: string; readonly name: string; readonly scopes: readonly string[] }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly client: string;
    readonly device: string;
    /** IP address that it was begun from. */
    readonly place: string;
    /** Milliseconds. */
    readonly seenAt: number;
  }[];
}

interface Found {
  readonly person: SignedInPerson;
  readonly said: Said;
  readonly sessions: readonly Session[];
}

/** Whether the version in force was agreed to; an answer to an older one is none (GD7). */
function granted(consents: readonly Consent[], { id, version }: Purpose): boolean {
  return consents.some((each) => each.purpose === id && each.version === version && each.granted);
}

/** Puts together what the home shows: only what is in force and alive. */
export function viewHome(brand: Brand, sealing: SealingRing, { person, said, sessions }: Found, now: number): Home {
  const nameOf = (id: string) => findClient(brand, id)?.name ?? id;
  return {
    email: person.personal.email,
    name: person.personal.profile.name ?? '',
    purposes: brand.purposes.map((purpose) => ({ purpose, granted: granted(said.consents, purpose) })),
    applications: said.agreements
      .filter(({ scopes }) => scopes.length > 0)
      .map(({ clientId: id, scopes }) => ({ id, name: nameOf(id), scopes })),
    sessions: sessions
      .filter((session) => isAlive(session, person.user, now))
      .toReversed()
      .map(({ id, userId, clientId, sealed, lastSeenAt }) => {
        const { ip, userAgent } = sealing.openEphemeral(sessionItemKey(userId, id), sealed) as SessionDevice;
        return {
          id,
          client: nameOf(clientId),
          device: describeDevice(userAgent),
          place: ip,
          seenAt: lastSeenAt * 1000,
        };
      }),
  };
}
