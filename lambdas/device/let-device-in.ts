import type { Agreement } from '../shared/domain/agreement.ts';
import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import { newSessionId, type Random } from '../shared/domain/id.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { allowDevice } from '../shared/store/device-store.ts';
import type { WaitingDevice } from './find-device.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{ readonly allowDevice: typeof allowDevice }>;
}

/**
 * Records that this person lets the device in, with what they allow its client by it (CON1). One transaction; a device
 * that somebody else has decided about stays as it is (DEV1).
 * @throws Refusal `unavailable`
 */
export function letDeviceIn(
  { brand, random, store }: Deps,
  { session, user }: SignedInPerson,
  { device }: WaitingDevice,
  before: Agreement | undefined,
  now: number,
): Promise<'allowed' | 'gone' | 'signed_out'> {
  const { hash, clientId, scope } = device;
  const { authTime } = session;
  const { methods, acr, amr } = standingOf(session, brand.authentication, now);
  const scopes = [...new Set([...(before?.scopes ?? []), ...scope.split(' ').filter(Boolean)])];
  return store.allowDevice(
    {
      hash,
      clientId,
      approval: { userId: user.id, session: newSessionId(now, random), methods, acr, amr, authTime },
      by: session.id,
      agreement: { clientId, scopes, at: now },
      event: newEvent('agreement.given', { sub: user.id, client: clientId }, now, random),
    },
    now,
  );
}
