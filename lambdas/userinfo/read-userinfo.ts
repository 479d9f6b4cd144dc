import { check, Refusal } from '../shared/domain/refusal.ts';
import { requireAlive } from '../shared/domain/require-alive.ts';
import { seconds } from '../shared/domain/time.ts';
import { type PersonalData, type User, userItemKey } from '../shared/domain/user.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import { hasScope } from '../shared/oidc/scope.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findSession } from '../shared/store/session-store.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

interface Deps {
  readonly sealing: SealingRing;
  readonly clientLives: (id: string) => Promise<boolean>;
  readonly open: typeof open;
  readonly store: Bound<{
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** The claims that a scope asks for (OIDC Core section 5.4). */
function claimsOf(user: User, personal: PersonalData, scope: string): Readonly<Record<string, unknown>> {
  return {
    sub: user.id,
    ...(hasScope(scope, 'email') && { email: personal.email, email_verified: true }),
    ...(hasScope(scope, 'profile') && {
      ...personal.profile,
      locale: user.locale,
      updated_at: seconds(user.updatedAt),
    }),
  };
}

/**
 * Claims about the bearer, in one wave: session, owner and data key are read side by side.
 * @throws Refusal `token_invalid`, `scope_insufficient`, `unavailable`
 */
export async function readUserinfo(
  deps: Deps,
  bearer: Bearer,
  now: number,
): Promise<Readonly<Record<string, unknown>>> {
  const { sealing, store } = deps;
  check(hasScope(bearer.scope, 'openid'), 'scope_insufficient', { params: { scope: 'openid' } });
  const [lives, session, owner, dataKey] = await Promise.all([
    deps.clientLives(bearer.clientId),
    store.findSession(bearer.user, bearer.session),
    store.findUser(bearer.user),
    store.findDataKey(bearer.user),
  ]);
  const user = requireAlive(session, owner, now);
  // Without the data key the person is erased; without the client the token is nobody's.
  if (!dataKey || !lives) throw new Refusal('token_invalid');
  const key = sealing.unwrapDataKey(user.id, dataKey.wrapped, dataKey.kek);
  return claimsOf(user, deps.open(key, user.sealed, userItemKey(user.id)) as PersonalData, bearer.scope);
}
