import type { FactorSummary } from '../domain/factors.ts';
import type { UserId } from '../domain/id.ts';
import { absent, any, below, equals } from './clauses.ts';
import { updateWhere } from './conditional-write.ts';
import { read, readAll } from './read.ts';
import type { Tables } from './tables.ts';
import { ensure, put, remove } from './transaction.ts';

/**
 * A password, filed under the keyed hash of the address it is used with, so that a sign-in finds it in its first wave.
 * `docs/data-model.md` tells why it repeats the owner's status.
 */
export interface PasswordCredential {
  readonly userId: UserId;
  /** PHC string. */
  readonly hash: string;
  readonly status: 'active' | 'disabled';
  /** Milliseconds. */
  readonly changedAt: number;
}

const partition = (identHash: string) => `CRED#${identHash}`;
const keyOf = (identHash: string) => ({ pk: partition(identHash), sk: 'password' });

/** @throws Refusal `unavailable` */
export async function findPassword(tables: Tables, identHash: string): Promise<PasswordCredential | undefined> {
  const item = await read(tables, tables.directory, keyOf(identHash));
  return item as unknown as PasswordCredential | undefined;
}

/** What a sign-in with an address finds, in one read. */
export interface Credentials {
  readonly password: PasswordCredential | undefined;
  readonly enrolled: FactorSummary | undefined;
}

/** @throws Refusal `unavailable` */
export async function findCredentials(tables: Tables, identHash: string): Promise<Credentials> {
  const items = await readAll(tables, tables.directory, partition(identHash));
  const find = (sk: string) => items.find((item) => item.sk === sk) as unknown;
  return {
    password: find('password') as PasswordCredential | undefined,
    enrolled: find('factors') as FactorSummary | undefined,
  };
}

/**
 * The check that nothing of that kind is filed under an address: what was not read when it was decided did not come
 * meanwhile, and nobody inherits what another left (EM4, MFA10).
 */
export function nothingFiledStep(tables: Tables, identHash: string, kind: 'password' | 'factors') {
  return ensure(tables.directory, { pk: partition(identHash), sk: kind }, [absent('pk')]);
}

/** The step that files a first password. */
export function addPasswordStep(tables: Tables, identHash: string, credential: PasswordCredential) {
  return put(tables.directory, { ...keyOf(identHash), ...credential }, [absent('pk')]);
}

/** Sets the password unless it was changed since `startedAt` (ms): an older proof no longer counts (REC6). */
export function resetPasswordStep(
  tables: Tables,
  identHash: string,
  credential: PasswordCredential,
  startedAt: number,
) {
  const untouched = any(absent('pk'), below('changedAt', startedAt));
  return put(tables.directory, { ...keyOf(identHash), ...credential }, [untouched]);
}

/** Sets the password where it is still the one just verified. */
export function replacePasswordStep(
  tables: Tables,
  identHash: string,
  credential: PasswordCredential,
  verified: PasswordCredential,
) {
  return put(tables.directory, { ...keyOf(identHash), ...credential }, [equals('hash', verified.hash)]);
}

/** The step that makes a password useless, if there is one. */
export function dropPasswordStep(tables: Tables, identHash: string) {
  return remove(tables.directory, keyOf(identHash));
}

/** The steps that file a password under another address, as it was read. */
export function movePasswordSteps(tables: Tables, from: string, to: string, credential: PasswordCredential) {
  const { userId, hash, status, changedAt } = credential;
  return [
    remove(tables.directory, keyOf(from), [equals('hash', hash)]),
    addPasswordStep(tables, to, { userId, hash, status, changedAt }),
  ];
}

/** Replaces a hash of outdated strength by one of the same password; a rival change wins. @throws Refusal `unavailable` */
export async function upgradeHash(tables: Tables, identHash: string, outdated: string, hash: string): Promise<void> {
  const change = { set: { hash } };
  await updateWhere(tables, tables.directory, keyOf(identHash), change, [equals('hash', outdated)]);
}
