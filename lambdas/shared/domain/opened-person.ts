import type { WrappedDataKey } from '../store/user-store.ts';
import type { open } from '../vault/sealed-box.ts';
import type { SealingRing } from '../vault/sealing-ring.ts';
import { Refusal } from './refusal.ts';
import { type PersonalData, type User, userItemKey } from './user.ts';

/** What personal data is opened with. */
export interface PersonOpening {
  readonly sealing: SealingRing;
  readonly open: typeof open;
}

/** A person whose data is opened. */
export interface OpenedPerson {
  readonly user: User;
  readonly personal: PersonalData;
  /** The person's data key, to seal what changes. */
  readonly key: Uint8Array;
}

/** Opens a person's data. @throws Refusal `token_invalid` without the data key: the person is erased */
export function openPerson(
  { sealing, open }: PersonOpening,
  user: User,
  dataKey: WrappedDataKey | undefined,
): OpenedPerson {
  if (!dataKey) throw new Refusal('token_invalid');
  const key = sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek);
  return { user, personal: open(key, user.sealed, userItemKey(user.id)) as PersonalData, key };
}
