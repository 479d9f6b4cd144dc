import { alertLevel } from '../shared/domain/alert.ts';
import { assessSignIn, knownSince, knownUse, type UseDeps } from '../shared/domain/assess-sign-in.ts';
import type { OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { Entrance } from '../shared/domain/beginning.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { type FormerSessionDeps, formerSession } from '../shared/domain/former-session.ts';
import type { Random } from '../shared/domain/id.ts';
import { type Entry, letIn } from '../shared/domain/let-in.ts';
import { missNeighbourhoods } from '../shared/domain/neighbourhoods.ts';
import { networkOf } from '../shared/domain/network.ts';
import { normalisePassword } from '../shared/domain/password-policy.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { requireWork, spendProof, type WorkDeps } from '../shared/domain/require-work.ts';
import { deviceOf, type SignInCaller } from '../shared/domain/sign-in-caller.ts';
import { seconds } from '../shared/domain/time.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials, upgradeHash } from '../shared/store/credential-store.ts';
import type { enter } from '../shared/store/enter.ts';
import type { Counter, countUp, forgetCount } from '../shared/store/rate-store.ts';
import type { hashPassword, Verdict } from '../shared/vault/password-hash.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';
import { askForNewPassword } from './ask-for-new-password.ts';

export interface PasswordDeps extends Pick<OpenFlowDeps, 'untilWindowEnds'> {
  readonly brand: Brand;
  readonly random: Random;
  readonly sealing: SealingRing;
  readonly verifyPassword: (password: string, stored: string | undefined) => Promise<Verdict>;
  readonly hashPassword: typeof hashPassword;
  /** Whether a password that is right has leaked: then it has to be changed (LOG6). */
  readonly hasLeaked: (password: string) => Promise<boolean>;
  readonly work: WorkDeps;
  readonly store: OpenFlowDeps['store'] &
    Bound<{
      readonly countUp: typeof countUp;
      readonly forgetCount: typeof forgetCount;
      readonly findCredentials: typeof findCredentials;
      readonly upgradeHash: typeof upgradeHash;
      readonly enter: typeof enter;
    }> &
    UseDeps['store'] &
    FormerSessionDeps['store'];
}

export interface PasswordCaller extends SignInCaller {
  /** Of work, where it was asked for. */
  readonly proof?: string | undefined;
}

/** Level of the work that a risk of `challenge` asks for: half a second on a desktop computer. */
const riskyWork = 3;

/** An honest person rarely has more misses; a count below is not worth a write to forget. */
const worthForgetting = 3;

/**
 * Which tries are counted: of the account and the network, or of a remembered device alone, which a flood from
 * elsewhere therefore cannot lock out (RL3, RL7).
 */
function counters(
  { limits }: Brand,
  identHash: string,
  network: string,
  device: string | undefined,
): readonly [Counter, ...Counter[]] {
  if (device) return [{ scope: 'device', hash: `${identHash}.${device}`, limit: limits.passwordPerDevice }];
  return [
    { scope: 'password', hash: identHash, limit: limits.passwordPerAccount },
    { scope: 'ip-tries', hash: network, limit: limits.triesPerIp },
  ];
}

/**
 * Proves a password and goes on from it. Wave 1 counts the try and reads the credential; the hash runs
 * whether or not there is one (LOG1); wave 2 begins the session, or what waits
 * for a second factor. One read unit, three write units.
 * Wrong tries are counted for their neighbourhood too, in wave 2 in the place of a session; one that the risk denies is
 * answered as they are.
 * @throws Refusal `challenge_required`, `too_many_requests`, `credentials_invalid`, `password_change_required`,
 * `conflict_retry`, `unavailable`; those of `letIn`
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
  const { ip, edge, locale } = caller;
  const { email } = input;
  const { client } = entrance;
  const network = sealing.lookup('ip', networkOf(ip));
  const device = caller.remembered(identHash)?.nonce;
  const counted = counters(brand, identHash, network, device);
  const origin = { ip, asn: edge?.asn, clientId: client.id };
  const nearby = device ? [] : missNeighbourhoods(brand.abuse, sealing.lookup, origin);
  const binding = { purpose: 'password', identHash, network } as const;

  const held = await spendProof(deps, binding, caller.proof, now);
  const proven = held !== undefined && device === undefined;
  const [{ password: credential, enrolled }, known, former, ...counts] = await Promise.all([
    store.findCredentials(identHash),
    knownUse(deps, caller, identHash),
    formerSession(deps, entrance, now),
    ...counted.map((counter) => store.countUp(counter, now, proven)),
  ]);
  const tallies = { account: counts[0], ip: counts[1] };
  const { seen: _, ...unjudged } = known;
  // Before anything is judged, and without what is known of the account: who is asked for work learns nothing by it (LOG1).
  const { outcome } = assessSignIn(deps, caller, unjudged, tallies, now);
  const isRisky = outcome === 'challenge' || outcome === 'deny';
  const level = Math.max(alertLevel(known.alerts ?? [], nearby, seconds(now)), isRisky ? riskyWork : 0);
  await requireWork(deps, binding, counts, level, held, now);
  const password = normalisePassword(input.password);
  const [verdict, hasLeaked] = await Promise.all([
    deps.verifyPassword(password, credential?.hash),
    deps.hasLeaked(password),
  ]);
  if (!credential || !verdict.matches || credential.status !== 'active') {
    await store.countNearby(nearby, now, random, proven);
    throw new Refusal('credentials_invalid');
  }
  const counting = await knownSince(deps, known, identHash, enrolled?.devicesValidFrom);
  const risk = assessSignIn(deps, caller, counting, tallies, now);
  if (hasLeaked && risk.outcome !== 'deny')
    throw await askForNewPassword(deps, entrance, { email, locale }, caller, { binding, held }, now);

  const { userId } = credential;
  const proof = {
    userId,
    email,
    methods: ['password'],
    device: deviceOf(caller),
    locale,
    enrolled,
    risk,
    remembered: counting.remembered !== undefined,
    former,
  } as const;
  const entry = letIn({ brand, random, now, ...sealing }, entrance, proof);
  if (entry.to === 'nowhere') {
    // Whoever is denied does not learn that the password was right: to them it is a miss, in calls and count too (LOG1).
    await Promise.all([store.enter(entry, now), store.countNearby(nearby, now, random, proven)]);
    throw new Refusal('credentials_invalid');
  }
  const misses = counts[0]?.count ?? 0;
  await Promise.all([
    store.enter(entry, now),
    misses >= worthForgetting ? store.forgetCount(counted[0], now) : undefined,
    verdict.outdated
      ? deps.hashPassword(password).then((hash) => store.upgradeHash(identHash, credential.hash, hash))
      : undefined,
  ]);
  return { entry, identHash };
}
