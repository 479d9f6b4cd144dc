import type { Agreement } from '../domain/agreement.ts';
import type { DeviceApproval, DeviceAuthorization } from '../domain/device-authorization.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import type { Session } from '../domain/session.ts';
import { seconds } from '../domain/time.ts';
import { agreementStep } from './agreement-store.ts';
import { browserSessionLivesStep } from './browser-session-store.ts';
import { absent, after, any, atMost, equals } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { putCounted } from './put-counted.ts';
import type { Counter } from './rate-store.ts';
import { read } from './read.ts';
import { beginSessionStep } from './session-store.ts';
import { only, type Tables } from './tables.ts';
import { transact, update } from './transaction.ts';
import { ownerAllowsStep } from './user-store.ts';

const keyOf = (hash: string) => ({ pk: `DEVICE#${hash}`, sk: only });

const undecided = (clientId: string, now: number) => [
  equals('state', 'pending'),
  equals('clientId', clientId),
  after('expiresAt', seconds(now)),
];

/**
 * Keeps a new authorization: one write, or one transaction where it is counted.
 * @returns `limited` where the counter is at its limit, `taken` where its user code is another device's just now
 * @throws Refusal `unavailable`
 */
export function keepDeviceAuthorization(
  tables: Tables,
  device: DeviceAuthorization,
  counter: Counter | undefined,
  now: number,
): ReturnType<typeof putCounted> {
  const { hash, ...attributes } = device;
  const item = { ...keyOf(hash), ...attributes, ttl: device.expiresAt + 3600 };
  return putCounted(tables, item, [any(absent('pk'), atMost('expiresAt', seconds(now)))], counter, now);
}

/** @throws Refusal `unavailable` */
export async function findDeviceAuthorization(tables: Tables, hash: string): Promise<DeviceAuthorization | undefined> {
  const item = await read(tables, tables.sessions, keyOf(hash));
  return item && { ...(item as unknown as DeviceAuthorization), hash };
}

export interface DeviceDecision {
  readonly hash: string;
  readonly clientId: string;
  readonly approval: DeviceApproval;
  /** The browser session in which it was decided. */
  readonly by: SessionId;
  readonly agreement: Agreement;
  readonly event: ItemEvent;
}

/**
 * Lets a device in, once, while the browser session is alive; what the person allows its client is recorded with it.
 * @returns `gone` where the authorization is over or decided, `signed_out` where the session is dead
 * @throws Refusal `unavailable`
 */
export async function allowDevice(
  tables: Tables,
  { hash, clientId, approval, by, agreement, event }: DeviceDecision,
  now: number,
): Promise<'allowed' | 'gone' | 'signed_out'> {
  const change = { set: { state: 'allowed', approval } };
  const outcome = await transact(tables, [
    update(tables.sessions, keyOf(hash), change, undecided(clientId, now)),
    browserSessionLivesStep(tables, approval.userId, by, now),
    ownerAllowsStep(tables, approval.userId, by),
    agreementStep(tables, approval.userId, agreement, event),
  ]);
  if (outcome.done) return 'allowed';
  return outcome.failed === 0 ? 'gone' : 'signed_out';
}

/** Turns a device away. `false` where it was decided before. @throws Refusal `unavailable` */
export async function denyDevice(tables: Tables, hash: string, clientId: string, by: UserId, now: number) {
  const change = { set: { state: 'denied', deniedBy: by } };
  return (await updateWhere(tables, tables.sessions, keyOf(hash), change, undecided(clientId, now))).done;
}

/**
 * Notes a poll. `false` where it came too soon: then the interval has grown by `slowdown` seconds.
 * @throws Refusal `unavailable`
 */
export async function notePoll(
  tables: Tables,
  device: DeviceAuthorization,
  slowdown: number,
  now: number,
): Promise<boolean> {
  const { hash, nonce, interval } = device;
  const due = any(absent('polledAt'), atMost('polledAt', now - interval * 1000));
  const noted = await updateWhere(tables, tables.sessions, keyOf(hash), { set: { polledAt: now } }, [
    equals('nonce', nonce),
    due,
  ]);
  if (noted.done) return true;
  const change = { set: { polledAt: now }, add: { interval: slowdown } };
  await updateWhere(tables, tables.sessions, keyOf(hash), change, [equals('nonce', nonce)]);
  return false;
}

/**
 * Spends an allowed device code and begins its session: both or neither (F6). `false` where a rival was first.
 * @throws Refusal `unavailable`
 */
export async function redeemDevice(
  tables: Tables,
  { hash, nonce, clientId }: DeviceAuthorization,
  session: Session,
  event: ItemEvent,
  now: number,
): Promise<boolean> {
  const allowed = [
    equals('state', 'allowed'),
    equals('nonce', nonce),
    equals('clientId', clientId),
    after('expiresAt', seconds(now)),
  ];
  const outcome = await transact(tables, [
    update(tables.sessions, keyOf(hash), { set: { state: 'used' } }, allowed),
    beginSessionStep(tables, session, event),
  ]);
  return outcome.done;
}
