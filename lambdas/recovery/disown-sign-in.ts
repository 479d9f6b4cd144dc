import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { NotMe } from '../shared/domain/not-me.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { lockOut } from '../shared/store/lock-out.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface DisownDeps {
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly findDataKey: typeof findDataKey;
    readonly findUser: typeof findUser;
    readonly lockOut: typeof lockOut;
  }>;
}

/**
 * The owner says that a sign-in was not theirs (LOG5): every session ends and the password stops working, in one
 * transaction, so that whoever knows it does not come back while the owner chooses another. It works once: a link whose
 * sign-in is already signed out has nothing left to do. Two waves.
 * @returns the address to recover, `undefined` where the link is over
 * @throws Refusal `unavailable`
 */
export async function disownSignIn(deps: DisownDeps, notMe: NotMe, now: number): Promise<EmailAddress | undefined> {
  const { random, sealing, open, store } = deps;
  const [user, dataKey] = await Promise.all([store.findUser(notMe.user), store.findDataKey(notMe.user)]);
  if (user?.status !== 'active' || !dataKey) return undefined;
  const event = newEvent('sessions.ended', { sub: user.id }, now, random);
  if (!(await store.lockOut(user, notMe, event, now))) return undefined;
  const key = sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek);
  return (open(key, user.sealed, userItemKey(user.id)) as PersonalData).email;
}
