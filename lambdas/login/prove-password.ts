import type { Entrance } from '../shared/domain/beginning.ts';
import type { Brand, Locale } from '../shared/domain/brand.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import type { Random } from '../shared/domain/id.ts';
import { type Entry, letIn } from '../shared/domain/let-in.ts';
import { networkOf } from '../shared/domain/network.ts';
import { normalisePassword } from '../shared/domain/password-policy.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { noRisk } from '../shared/domain/risk.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials, upgradeHash } from '../shared/store/credential-store.ts';
import type { enter } from '../shared/store/enter.ts';
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
    readonly findCredentials: typeof findCredentials;
    readonly upgradeHash: typeof upgradeHash;
    readonly enter: typeof enter;
  }>;
}

/** The browser that asks. `remembered` names it where the owner has signed in there before. */
export interface PasswordCaller extends SessionDevice {
  readonly remembered: (identHash: string) => string | undefined;
  /** In which a mail about this sign-in is written. */
  readonly locale: Locale;
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
 * Proves a password and goes on from it. Wave 1 counts the try and reads the credential; the hash runs
 * whether or not there is one (LOG1); wave 2 begins the session, or what waits
 * for a second factor. One read unit, three write units.
 * @throws Refusal `too_many_requests`, `credentials_invalid`, `unavailable`; those of `letIn`
 */
export async function provePassword(
  deps: PasswordDeps,
  input: { readonly email: EmailAddress; readonly password: string },
  entrance: Entrance,
  caller: PasswordCaller,
  now: number,
): Promise<{ readonly entry: Entry; readonly identHash: string }> {
  const { brand, random, sealing, store } = deps;
  const identHash = sealing.lookup('email', input.email);
  const counted = counters(deps, identHash, caller);

  const [{ password: credential, enrolled }, ...counts] = await Promise.all([
    store.findCredentials(identHash),
    ...counted.map((counter) => store.countUp(counter, now)),
  ]);
  checkLimits(counts);
  const password = normalisePassword(input.password);
  const verdict = await deps.verifyPassword(password, credential?.hash);
  if (!credential || !verdict.matches || credential.status !== 'active') throw new Refusal('credentials_invalid');

  const { ip, userAgent, locale } = caller;
  const { userId } = credential;
  const { email } = input;
  const proof = {
    userId,
    email,
    methods: ['password'],
    device: { ip, userAgent },
    locale,
    enrolled,
    risk: noRisk,
  } as const;
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  const misses = counts[0]?.count ?? 0;
  await Promise.all([
    store.enter(entry),
    misses >= worthForgetting ? store.forgetCount(counted[0], now) : undefined,
    verdict.outdated
      ? deps.hashPassword(password).then((hash) => store.upgradeHash(identHash, credential.hash, hash))
      : undefined,
  ]);
  return { entry, identHash };
}
