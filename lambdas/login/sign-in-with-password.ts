import type { Brand } from '../shared/domain/brand.ts';
import { firstPartyClient } from '../shared/domain/clients.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { UserId } from '../shared/domain/id.ts';
import { networkOf } from '../shared/domain/network.ts';
import { normalisePassword } from '../shared/domain/password-policy.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import type { SessionDevice } from '../shared/domain/session.ts';
import { newSession } from '../shared/domain/session-start.ts';
import { checkLimits } from '../shared/domain/throttle.ts';
import { grantedScope } from '../shared/oidc/scope.ts';
import { type TokenContext, type TokenResponse, tokenResponse } from '../shared/oidc/token-response.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findPassword, upgradeHash } from '../shared/store/credential-store.ts';
import type { Counter, countUp, forgetCount } from '../shared/store/rate-store.ts';
import type { beginSession } from '../shared/store/session-store.ts';
import type { hashPassword, Verdict } from '../shared/vault/password-hash.ts';

export interface PasswordSignIn {
  readonly client_id: string;
  readonly email: EmailAddress;
  readonly password: string;
  readonly scope?: string | undefined;
}

interface Deps extends Omit<TokenContext, 'now'> {
  readonly brand: Brand;
  readonly verifyPassword: (password: string, stored: string | undefined) => Promise<Verdict>;
  readonly hashPassword: typeof hashPassword;
  readonly store: Bound<{
    readonly countUp: typeof countUp;
    readonly forgetCount: typeof forgetCount;
    readonly findPassword: typeof findPassword;
    readonly upgradeHash: typeof upgradeHash;
    readonly beginSession: typeof beginSession;
  }>;
}

/** The browser that asks. `remembered` names it where the owner has signed in there before. */
interface Caller extends SessionDevice {
  readonly remembered: (identHash: string) => string | undefined;
}

/** An honest person rarely has more misses; a count below is not worth a write to forget. */
const worthForgetting = 3;

/**
 * Which tries are counted: of the account and the network, or of a remembered device alone, which a flood from
 * elsewhere therefore cannot lock out (RL3, RL7).
 */
function counters(deps: Deps, identHash: string, caller: Caller): readonly [Counter, ...Counter[]] {
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
 * Signs in with a password. Wave 1 counts the try and reads the credential; the hash runs whether or not there is one
 * (LOG1); wave 2 begins the session. One read unit, three write units.
 * @throws Refusal `client_unknown`, `client_not_allowed`, `scope_not_allowed`, `too_many_requests`, `credentials_invalid`, `unavailable`
 */
export async function signInWithPassword(
  deps: Deps,
  input: PasswordSignIn,
  caller: Caller,
  now: number,
): Promise<{ readonly tokens: TokenResponse; readonly sub: UserId; readonly identHash: string }> {
  const { brand, random, sealing, store } = deps;
  const client = firstPartyClient(brand, input.client_id);
  const scope = grantedScope(client, input.scope);
  check(scope !== undefined, 'scope_not_allowed', { errors: [{ field: 'scope', rule: 'not_allowed' }] });
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

  const sub = credential.userId;
  const making = { lifetimes: brand.lifetimes, random, now, sealEphemeral: sealing.sealEphemeral };
  const device = { ip: caller.ip, userAgent: caller.userAgent };
  const session = newSession(making, { userId: sub, client, scope, amr: ['pwd'], device });
  const signedIn = newEvent(
    'user.signed_in',
    { sub, session: session.id, client: client.id, amr: ['pwd'] },
    now,
    random,
  );
  const misses = counts[0]?.count ?? 0;
  await Promise.all([
    store.beginSession(session, signedIn),
    misses >= worthForgetting ? store.forgetCount(counted[0], now) : undefined,
    verdict.outdated
      ? deps.hashPassword(password).then((hash) => store.upgradeHash(identHash, credential.hash, hash))
      : undefined,
  ]);
  return { tokens: await tokenResponse({ ...deps, now }, client, session), sub, identHash };
}
