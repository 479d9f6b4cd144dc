import type { Client } from '../shared/domain/brand.ts';
import { type DeviceApproval, pollInterval } from '../shared/domain/device-authorization.ts';
import { newEvent } from '../shared/domain/event.ts';
import { ownerAllows, type Session, type SessionDevice, sessionItemKey } from '../shared/domain/session.ts';
import { seconds } from '../shared/domain/time.ts';
import { readDeviceCode } from '../shared/oidc/device-code.ts';
import type { ProvenKey } from '../shared/oidc/dpop-proof.ts';
import { demand, OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import { type TokenContext, type TokenResponse, tokenResponse } from '../shared/oidc/token-response.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findDeviceAuthorization, notePoll, redeemDevice } from '../shared/store/device-store.ts';
import type { findUser } from '../shared/store/user-store.ts';

interface Deps extends Omit<TokenContext, 'now'> {
  readonly key?: ProvenKey | undefined;
  readonly store: Bound<{
    readonly findDeviceAuthorization: typeof findDeviceAuthorization;
    readonly notePoll: typeof notePoll;
    readonly redeemDevice: typeof redeemDevice;
    readonly findUser: typeof findUser;
  }>;
}

const dead = () => new OAuthRefusal('invalid_grant', 'the device code is invalid or used');

/** The session of a device: its own, since the browser that let it in may be signed out without it. */
function sessionOf(
  deps: Deps,
  client: Client,
  scope: string,
  { userId, session: id, methods, acr, amr, authTime }: DeviceApproval,
  device: SessionDevice,
  now: number,
): Session {
  const { lifetimes, sealing, key } = deps;
  const endsAt = seconds(now) + lifetimes.refreshAbsolute;
  const binds = client.authentication === 'none' ? key?.jkt : undefined;
  return {
    id,
    userId,
    clientId: client.id,
    scope,
    generation: 0,
    methods,
    acr,
    amr,
    authTime,
    lastSeenAt: seconds(now),
    idleUntil: Math.min(endsAt, seconds(now) + lifetimes.refreshIdle),
    endsAt,
    sealed: sealing.sealEphemeral(sessionItemKey(userId, id), device),
    ...(binds !== undefined && { jkt: binds }),
  };
}

/**
 * Answers a device that polls: the tokens once, when a person has let it in (RFC 8628 section 3.5; DEV1).
 * @throws OAuthRefusal `authorization_pending`, `slow_down`, `expired_token`, `access_denied`, `invalid_grant`
 */
export async function redeemDeviceCode(
  deps: Deps,
  client: Client,
  code: string | undefined,
  device: SessionDevice,
  now: number,
): Promise<TokenResponse> {
  const { store, key, random } = deps;
  demand(code !== undefined, 'invalid_request', 'device_code is missing');
  const subject = readDeviceCode(deps.sealing, code);
  if (!subject) throw dead();
  const found = await store.findDeviceAuthorization(subject.hash);
  if (!found || found.nonce !== subject.nonce || found.clientId !== client.id || found.state === 'used') throw dead();
  demand(found.expiresAt > seconds(now), 'expired_token', 'the device code has expired');
  demand(found.state !== 'denied', 'access_denied', 'the person does not allow it');
  if (found.state === 'pending' || !found.approval) {
    const inTime = await store.notePoll(found, pollInterval, now);
    demand(inTime, 'slow_down', 'five seconds more between two polls');
    throw new OAuthRefusal('authorization_pending', 'nobody has decided yet');
  }

  const session = sessionOf(deps, client, found.scope, found.approval, device, now);
  const { userId: sub, id } = session;
  const owner = await store.findUser(sub);
  if (!owner || !ownerAllows(owner, id)) throw dead();
  demand((await key?.spend()) !== false, 'invalid_dpop_proof', 'the proof was used before');
  const event = newEvent('client.authorized', { sub, session: id, client: client.id }, now, random);
  if (!(await store.redeemDevice(found, session, event, now))) throw dead();
  return tokenResponse({ ...deps, now }, client, session, key && { jkt: key.jkt });
}
