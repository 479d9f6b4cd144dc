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
import type { endSessions, LockedOut, lockOut } from '../shared/store/lock-out.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';
import type { open, seal } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface DisownDeps {
  /** Milliseconds, read at each write: a session that was begun before it is dead by it. */
  readonly clock: () => number;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly seal: typeof seal;
  readonly store: Bound<{
    readonly findDataKey: typeof findDataKey;
    readonly findUser: typeof findUser;
    readonly findCredentials: typeof findCredentials;
    readonly listFactors: typeof listFactors;
    readonly endSessions: typeof endSessions;
    readonly lockOut: typeof lockOut;
  }>;
}

/** Changes of others that one disowning outlasts: those that were under way while the sessions behind them ended. */
const rivals = 5;

type Tried = { readonly outcome: LockedOut | 'nobody'; readonly email?: EmailAddress };

async function tryOnce(deps: DisownDeps, notMe: NotMe): Promise<Tried> {
  const { clock, random, sealing, open, seal, store } = deps;
  const [user, dataKey] = await Promise.all([store.findUser(notMe.user), store.findDataKey(notMe.user)]);
  if (user?.status !== 'active' || !dataKey) return { outcome: 'nobody' };
  const jti = `${notMe.session ?? ''}|${notMe.at}`;
  const use = { kind: 'not-me', of: user.id, jti, until: notMeUntil(notMe) } as const;
  // The summary before the factors: one that is added after it is read changes it, and the transaction fails.
  const [ended, { enrolled }] = await Promise.all([
    store.endSessions({ use, user }, clock()),
    store.findCredentials(user.identHash),
  ]);
  if (ended !== 'done') return { outcome: ended };
  const disowned = disownedFactors(await store.listFactors(user.id), enrolled, notMe.at);

  const [key, itemKey] = [sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek), userItemKey(user.id)];
  const personal = open(key, user.sealed, itemKey) as PersonalData;
  const { phone: _, ...numberless } = personal;
  const sealed = seal(key, disowned.number ? numberless : personal, itemKey);
  // A sign-in that read the password before it was dropped began before now, and its session is dead too.
  const now = clock();
  const event = newEvent('sessions.ended', { sub: user.id }, now, random);
  const outcome = await store.lockOut({ use, user, enrolled, disowned, sealed, event }, now);
  return { outcome, email: personal.email };
}

/**
 * The owner says that a sign-in was not theirs (LOG5). First every session and the password end, whatever is changed
 * meanwhile, so that whoever came in can no longer change anything; then the factors that were added since go and the link is
 * spent, so that nobody comes back while the owner chooses another password (MFA2). It works once, whatever became of the
 * sign-in since; where the second write loses to others, pressing again does the rest. Four waves.
 * @returns the address to recover, `undefined` where the link is over
 * @throws Refusal `conflict_retry` where the account keeps changing all the same, with sessions and password ended; `unavailable`
 */
export async function disownSignIn(deps: DisownDeps, notMe: NotMe): Promise<EmailAddress | undefined> {
  for (let tries = 0; tries < rivals; tries++) {
    const { outcome, email } = await tryOnce(deps, notMe);
    if (outcome !== 'changed') return outcome === 'done' ? email : undefined;
  }
  throw new Refusal('conflict_retry');
}
