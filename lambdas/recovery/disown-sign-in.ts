import { disownedFactors } from '../shared/domain/disowned-factors.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { type NotMe, notMeUntil } from '../shared/domain/not-me.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { type PersonalData, userItemKey } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { listFactors } from '../shared/store/factor-store.ts';
import type { LockedOut, lockOut } from '../shared/store/lock-out.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';
import type { open, seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface DisownDeps {
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly seal: typeof seal;
  readonly store: Bound<{
    readonly findDataKey: typeof findDataKey;
    readonly findUser: typeof findUser;
    readonly findCredentials: typeof findCredentials;
    readonly listFactors: typeof listFactors;
    readonly lockOut: typeof lockOut;
  }>;
}

/** Changes of others that one disowning outlasts: an intruder who keeps changing things gains a second or two. */
const rivals = 5;

type Tried = { readonly outcome: LockedOut | 'nobody'; readonly email?: EmailAddress };

async function tryOnce(deps: DisownDeps, notMe: NotMe, now: number): Promise<Tried> {
  const { random, sealing, open, seal, store } = deps;
  const [user, dataKey] = await Promise.all([store.findUser(notMe.user), store.findDataKey(notMe.user)]);
  if (user?.status !== 'active' || !dataKey) return { outcome: 'nobody' };
  // The summary first: a factor that is added after it is read changes it, and the transaction fails.
  const { enrolled } = await store.findCredentials(user.identHash);
  const disowned = disownedFactors(await store.listFactors(user.id), enrolled, notMe.at);

  const [key, itemKey] = [sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek), userItemKey(user.id)];
  const personal = open(key, user.sealed, itemKey) as PersonalData;
  const { phone: _, ...numberless } = personal;
  const sealed = seal(key, disowned.number ? numberless : personal, itemKey);
  const jti = `${notMe.session ?? ''}|${notMe.at}`;
  const use = { kind: 'not-me', of: user.id, jti, until: notMeUntil(notMe) } as const;
  const event = newEvent('sessions.ended', { sub: user.id }, now, random);
  const outcome = await store.lockOut({ use, user, enrolled, disowned, sealed, event }, now);
  return { outcome, email: personal.email };
}

/**
 * The owner says that a sign-in was not theirs (LOG5): every session ends, the password stops working and the factors that
 * were added since are gone, in one transaction, so that whoever came in does not come back while the owner chooses another
 * password (MFA2). It works once, whatever became of the sign-in since. Four waves.
 * @returns the address to recover, `undefined` where the link is over
 * @throws Refusal `conflict_retry` where somebody keeps changing the account meanwhile; `unavailable`
 */
export async function disownSignIn(deps: DisownDeps, notMe: NotMe, now: number): Promise<EmailAddress | undefined> {
  for (let tries = 0; tries < rivals; tries++) {
    const { outcome, email } = await tryOnce(deps, notMe, now);
    if (outcome !== 'changed') return outcome === 'done' ? email : undefined;
  }
  throw new Refusal('conflict_retry');
}
