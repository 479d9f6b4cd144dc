import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { Asker } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { askerLivesStep } from './asker-lives.ts';
import { equals } from './clauses.ts';
import { type Credentials, movePasswordSteps, nothingFiledStep } from './credential-store.ts';
import { moveSummarySteps } from './factor-store.ts';
import { consumeStep } from './flow-store.ts';
import { readdressNumberStep } from './phone-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { changeUserStep, releaseAddressStep, signOutChange, takeAddressStep } from './user-store.ts';

export interface AddressChange {
  /** As read; its `identHash` is the old address. */
  readonly user: User;
  readonly credentials: Credentials;
  /** Keyed hash of the person's number, which names the address. */
  readonly phone: string | undefined;
  /** The person's data with the new address. */
  readonly sealed: string;
  readonly by: Asker;
  readonly event: ItemEvent;
}

/**
 * Moves the account to the proven address: the old one is free, password and factors move along, other sessions end. One
 * transaction: the old address stays the login until the new one is (EM2, EM4), and what is filed there meanwhile makes it
 * fail.
 * @throws Refusal `unavailable`
 */
export async function changeAddress(
  tables: Tables,
  flow: Flow,
  change: AddressChange,
  now: number,
): Promise<'changed' | 'gone' | 'address_taken'> {
  const { user, credentials, phone, sealed, by, event } = change;
  const { password, enrolled } = credentials;
  const [from, to] = [user.identHash, flow.identHash];
  const nothingFiled = (kind: 'password' | 'factors') => [from, to].map((hash) => nothingFiledStep(tables, hash, kind));
  const signOut = signOutChange({ validFrom: now, keep: by.session });
  const set = { ...signOut.set, identHash: to, sealed, updatedAt: now, version: user.version + 1, event };
  const outcome = await transact(tables, [
    takeAddressStep(tables, to, user.id),
    consumeStep(tables, flow, now),
    askerLivesStep(tables, user.id, by, now),
    releaseAddressStep(tables, from, user.id),
    changeUserStep(tables, user.id, { ...signOut, set }, by.session, [equals('version', user.version)]),
    ...(password ? movePasswordSteps(tables, from, to, password) : nothingFiled('password')),
    ...(phone ? [readdressNumberStep(tables, phone, user.id, to)] : []),
    ...(enrolled ? moveSummarySteps(tables, from, to, enrolled) : nothingFiled('factors')),
  ]);
  if (outcome.done) return 'changed';
  return outcome.failed === 0 ? 'address_taken' : 'gone';
}
