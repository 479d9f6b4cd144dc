import { type Beginning, type Entrance, newBeginning } from '../shared/domain/beginning.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { Random } from '../shared/domain/id.ts';
import { networkOf } from '../shared/domain/network.ts';
import { normalisePassword } from '../shared/domain/password-policy.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import type { begin } from '../shared/store/begin.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findPassword, upgradeHash } from '../shared/store/credential-store.ts';
import type { Counter, countUp, forgetCount } from '../shared/store/rate-store.ts';
import type { hashPassword, Verdict } from '../shared/vault/password-hash.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

export interface PasswordDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly verifyPassword: (password: string, stored: string | undefined) => Promise<Verdict>;
  readonly hashPassword: typeof hashPassword;
  readonly store: Bound<{
    readonly countUp: typeof countUp;
    readonly forgetCount: typeof forgetCount;
    readonly findPassword: typeof findPassword;
    readonly upgradeHash: typeof upgradeHash;
    readonly begin: typeof begin;
  }>;
}

/** The browser that asks. `remembered` names it where the owner has signed in there before. */
export interface PasswordCaller extends SessionDevice {
  readonly remembered: (identHash: string) => string | undefined;
}

/** An honest person rarely has more misses; a count below is not worth a write to forget. */
const worthForgetting = 3;

/**
 * Which tries are counted: of the account and the network, or of a remembered device alone, which a flood from
 * elsewhere therefore cannot lock out (RL3, RL7).
 */
function counters(deps: PasswordDeps, identHash: string, caller: PasswordCaller): readonly [Counter, ...Counter[]] {
  const { limits } = deps.brand;
  const device = caller.remembered(identHash);
  if (device) return [{ scope: 'device', hash: `${identHash}.${device}`, limit: limits.passwordPerDevice }];
  const network = deps.sealing.lookup('ip', networkOf(caller.ip));
  return [
    { scope: 'password', hash: identHash, limit: limits.passwordPerAccount },
    { scope: 'ip-tries', hash: network, limit: limits.triesPerIp },
  ];
}

/**
 * Proves a password and begins a session at the entrance. Wave 1 counts the try and reads the credential; the hash runs
 * whether or not there is one (LOG1); wave 2 begins the session. One read unit, three write units.
 * @throws Refusal `too_many_requests`, `credentials_invalid`, `unavailable`
 */
export async function provePassword(
  deps: PasswordDeps,
  input: { readonly email: EmailAddress; readonly password: string },
  entrance: Entrance,
  caller: PasswordCaller,
  now: number,
): Promise<{ readonly beginning: Beginning; readonly identHash: string }> {
  const { brand, random, sealing, store } = deps;
  const identHash = sealing.lookup('email', input.email);
  const counted = counters(deps, identHash, caller);

  const [credential, ...counts] = await Promise.all([
    store.findPassword(identHash),
    ...counted.map((counter) => store.countUp(counter, now)),
  ]);
  checkLimits(counts);
  const password = normalisePassword(input.password);
  const verdict = await deps.verifyPassword(password, credential?.hash);
  if (!credential || !verdict.matches || credential.status !== 'active') throw new Refusal('credentials_invalid');

  const making = { lifetimes: brand.lifetimes, random, now, sealEphemeral: sealing.sealEphemeral };
  const device = { ip: caller.ip, userAgent: caller.userAgent };
  const beginning = newBeginning(making, entrance, { userId: credential.userId, amr: ['pwd'], device });
  const misses = counts[0]?.count ?? 0;
  await Promise.all([
    store.begin(beginning),
    misses >= worthForgetting ? store.forgetCount(counted[0], now) : undefined,
    verdict.outdated
      ? deps.hashPassword(password).then((hash) => store.upgradeHash(identHash, credential.hash, hash))
      : undefined,
  ]);
  return { beginning, identHash };
}
