import { assessSignIn, knownSince, knownUse, type UseDeps } from '../shared/domain/assess-sign-in.ts';
import type { Entrance } from '../shared/domain/beginning.ts';
import type { Brand } from '../shared/domain/brand.ts';
import { type FormerSessionDeps, formerSession } from '../shared/domain/former-session.ts';
import type { Random } from '../shared/domain/id.ts';
import { type Entry, letIn } from '../shared/domain/let-in.ts';
import { networkOf } from '../shared/domain/network.ts';
import { openPerson, type PersonOpening } from '../shared/domain/opened-person.ts';
import { credentialHash, type RelyingParty, userOfHandle } from '../shared/domain/passkey.ts';
import { challengeIn, challengeUntil, signInChallenge } from '../shared/domain/passkey-challenge.ts';
import { check } from '../shared/domain/refusal.ts';
import type { WorkDeps } from '../shared/domain/require-work.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { type Assertion, verifyAssertion } from '../shared/domain/verify-passkey.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { enter } from '../shared/store/enter.ts';
import type { spendOnce } from '../shared/store/jti-store.ts';
import type { findPasskey, usePasskey } from '../shared/store/passkey-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';
import type { findDataKey } from '../shared/store/user-store.ts';

export interface PasskeySignInDeps extends PersonOpening {
  readonly brand: Brand;
  readonly rp: RelyingParty;
  readonly random: Random;
  readonly work: WorkDeps;
  readonly store: Bound<{
    readonly countUp: typeof countUp;
    readonly spendOnce: typeof spendOnce;
    readonly findPasskey: typeof findPasskey;
    readonly usePasskey: typeof usePasskey;
    readonly findDataKey: typeof findDataKey;
    readonly enter: typeof enter;
  }> &
    UseDeps['store'] &
    FormerSessionDeps['store'];
}

/**
 * Proves a passkey that names its own person, and goes on from it. Wave 1 counts the try, spends the challenge and reads
 * what is known of the passkey and the person that the authenticator names; wave 2 notes the use, under the condition that
 * nobody else has used the same counter; wave 3 begins the session (PK1, PK5, PK8).
 * @throws Refusal `too_many_requests`, `passkey_invalid`, `passkey_unknown`, `conflict_retry`, `unavailable`; those of `letIn`
 */
export async function provePasskey(
  deps: PasskeySignInDeps,
  assertion: Assertion,
  entrance: Entrance,
  caller: SignInCaller,
  now: number,
): Promise<{ readonly entry: Entry; readonly identHash: string }> {
  const { brand, rp, random, sealing, store } = deps;
  const { signCount } = brand.authentication.passkeys;
  const challenge = challengeIn(assertion.response.clientDataJSON);
  const of = entrance.client.id;
  const until = challengeUntil(sealing.mac, challenge, signInChallenge(of), now);
  const userId = userOfHandle(assertion.response.userHandle);
  check(until !== undefined && userId !== undefined, 'passkey_invalid');

  const network = sealing.lookup('ip', networkOf(caller.ip));
  const [tries, fresh, passkey, user, dataKey, former] = await Promise.all([
    store.countUp({ scope: 'ip-tries', hash: network, limit: brand.limits.triesPerIp }, now),
    store.spendOnce({ kind: 'passkey', of, jti: challenge, until }, now),
    store.findPasskey(userId, credentialHash(assertion.id)),
    store.findUser(userId),
    store.findDataKey(userId),
    formerSession(deps, entrance, now),
  ]);
  checkLimits([tries]);
  check(fresh, 'passkey_invalid');
  check(passkey !== undefined, 'passkey_unknown');
  check(user?.status === 'active' && dataKey !== undefined, 'passkey_invalid');
  const terms = { challenge, signCount, userVerification: 'required' } as const;
  const used = await verifyAssertion(rp, assertion, passkey, terms);

  const { counter, backedUp, suspect } = used;
  const change = { counter, backedUp, lastUsedAt: now, ...(suspect && { suspectedAt: now }) };
  const [noted, use] = await Promise.all([
    store.usePasskey(userId, passkey, change),
    knownUse(deps, caller, user.identHash),
  ]);
  check(noted, 'passkey_invalid');
  const known = await knownSince(deps, use, user.identHash, user.devicesValidFrom);
  const { email } = openPerson(deps, user, dataKey).personal;
  const proof = {
    userId,
    email,
    methods: ['passkey-uv'],
    device: deviceOf(caller),
    locale: user.locale,
    // A passkey that verified its user is two factors in one: what else is enrolled is not asked for.
    enrolled: undefined,
    risk: assessSignIn(deps, caller, known, { ip: tries }, now),
    former,
  } as const;
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  await store.enter(entry, now);
  return { entry, identHash: user.identHash };
}
