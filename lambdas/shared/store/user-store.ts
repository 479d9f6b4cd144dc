import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import { sessionStart } from '../domain/id.ts';
import type { User } from '../domain/user.ts';
import { userItemKey } from '../domain/user.ts';
import { absent, any, atMost, type Change, type Clause, equals } from './clauses.ts';
import { type Item, updateWhere } from './conditional-write.ts';
import { read } from './read.ts';
import { only, type Tables } from './tables.ts';
import { ensure, put, remove, update } from './transaction.ts';

const userKey = (id: UserId) => ({ pk: userItemKey(id), sk: only });
const identKey = (identHash: string) => ({ pk: `IDENT#${identHash}`, sk: only });
const dataKeyKey = (id: UserId) => ({ pk: `DATAKEY#${id}`, sk: only });

function toItem(user: User, event: ItemEvent): Item {
  const { id, ...attributes } = user;
  return { ...userKey(id), ...attributes, event };
}

/** @throws Refusal `unavailable` */
export async function findUser(tables: Tables, id: UserId): Promise<User | undefined> {
  const item = await read(tables, tables.directory, userKey(id));
  return item && { ...(item as unknown as User), id };
}

/** Whose address it is. @throws Refusal `unavailable` */
export async function findOwner(tables: Tables, identHash: string): Promise<UserId | undefined> {
  const item = await read(tables, tables.directory, identKey(identHash));
  return item?.userId;
}

/** A person's wrapped data key. Its absence is erasure. */
export interface WrappedDataKey {
  readonly wrapped: string;
  readonly kek: string;
}

/** @throws Refusal `unavailable` */
export async function findDataKey(tables: Tables, id: UserId): Promise<WrappedDataKey | undefined> {
  const item = await read(tables, tables.vault, dataKeyKey(id));
  return item && { wrapped: String(item.wrapped), kek: String(item.kek) };
}

/** The step that takes an address: one owner ever, whoever is first (REG8, EM4). */
export function takeAddressStep(tables: Tables, identHash: string, userId: UserId) {
  return put(tables.directory, { ...identKey(identHash), userId }, [absent('pk')]);
}

/** The step that frees an address of its owner. */
export function releaseAddressStep(tables: Tables, identHash: string, userId: UserId) {
  return remove(tables.directory, identKey(identHash), [equals('userId', userId)]);
}

/** The check that an address is still the person's (REC6). */
export function ownsAddressStep(tables: Tables, identHash: string, userId: UserId) {
  return ensure(tables.directory, identKey(identHash), [equals('userId', userId)]);
}

/** The step that adds a person. */
export function addUserStep(tables: Tables, user: User, event: ItemEvent) {
  return put(tables.directory, toItem(user, event), [absent('pk')]);
}

/** The step that files a person’s wrapped data key. */
export function addDataKeyStep(tables: Tables, id: UserId, key: WrappedDataKey) {
  return put(tables.vault, { ...dataKeyKey(id), ...key }, [absent('pk')]);
}

const active = equals('status', 'active');

/** The owner lets this session live; the twin of `ownerAllows` as a condition. */
const allows = (session: SessionId) =>
  any(atMost('sessionsValidFrom', sessionStart(session)), equals('keptSession', session));

/** The check that a change of this person's data carries: the owner lets the session live. */
export function ownerAllowsStep(tables: Tables, id: UserId, session: SessionId) {
  return ensure(tables.directory, userKey(id), [active, allows(session)]);
}

/** The check that the person is active, for a sign-in that is about to be decided (LOG7). */
export function userActiveStep(tables: Tables, id: UserId, conditions: readonly Clause[] = []) {
  return ensure(tables.directory, userKey(id), [active, ...conditions]);
}

export interface SignOut {
  /** Milliseconds: sessions begun before are dead. */
  readonly validFrom: number;
  /** The one session that lives on. */
  readonly keep?: SessionId;
}

/** Signing out everywhere as part of a change (SES4). Begun in the same millisecond counts as before. */
export function signOutChange(signOut: SignOut): Change {
  const { validFrom, keep } = signOut;
  return {
    set: { sessionsValidFrom: validFrom + 1, keptSession: keep },
    remove: keep ? [] : ['keptSession'],
  };
}

/** The step that changes a user on behalf of one of their sessions, or of a proof of their address. */
export function changeUserStep(
  tables: Tables,
  id: UserId,
  change: Change,
  by: SessionId | 'proof',
  conditions: readonly Clause[] = [],
) {
  return update(tables.directory, userKey(id), change, [
    active,
    ...(by === 'proof' ? [] : [allows(by)]),
    ...conditions,
  ]);
}

/**
 * Changes a user as seen at `version` on behalf of a session.
 * @returns `false` where the user changed meanwhile or no longer lets the session live
 * @throws Refusal `unavailable`
 */
export async function changeUser(
  tables: Tables,
  id: UserId,
  change: Change,
  by: SessionId,
  version: number,
): Promise<boolean> {
  const conditions = [active, allows(by), equals('version', version)];
  const next = { ...change, set: { ...change.set, version: version + 1 } };
  return (await updateWhere(tables, tables.directory, userKey(id), next, conditions)).done;
}
