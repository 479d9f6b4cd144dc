import type { Client } from '../shared/domain/brand.ts';
import type { FindClient } from '../shared/domain/clients.ts';
import { openPerson, type PersonOpening } from '../shared/domain/opened-person.ts';
import { claimsOfScope, claimsWithin, claimValues, type PersonalClaim } from '../shared/domain/personal-claims.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { requireAlive } from '../shared/domain/require-alive.ts';
import type { Session } from '../shared/domain/session.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import { hasScope } from '../shared/oidc/scope.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findSession } from '../shared/store/session-store.ts';
import type { findDataKey, findUser } from '../shared/store/user-store.ts';

interface Deps extends PersonOpening {
  /** As it is registered now. */
  readonly findClient: FindClient;
  readonly store: Bound<{
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** Claims about the bearer, and the client that reads them. */
export interface Userinfo {
  readonly client: Client;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The claims that the scope of the token asks for, and those that the client of the session asked for one by one and may
 * still have (OIDC Core sections 5.4 and 5.5).
 */
function namesOf({ scope, clientId }: Bearer, client: Client, session: Session): readonly PersonalClaim[] {
  const single = session.clientId === clientId ? (session.claims?.userinfo ?? []) : [];
  return [...claimsOfScope(scope), ...claimsWithin(single, client.scopes)];
}

/**
 * Claims about the bearer, in one wave: session, owner and data key are read side by side.
 * @throws Refusal `token_invalid`, `scope_insufficient`, `unavailable`
 */
export async function readUserinfo(deps: Deps, bearer: Bearer, now: number): Promise<Userinfo> {
  const { store } = deps;
  check(hasScope(bearer.scope, 'openid'), 'scope_insufficient', { params: { scope: 'openid' } });
  const [client, session, owner, dataKey] = await Promise.all([
    deps.findClient(bearer.clientId),
    store.findSession(bearer.user, bearer.session),
    store.findUser(bearer.user),
    store.findDataKey(bearer.user),
  ]);
  const user = requireAlive(session, owner, now);
  // Without the client the token is nobody's.
  if (!client || !session) throw new Refusal('token_invalid');
  const { personal } = openPerson(deps, user, dataKey);
  return { client, claims: { sub: user.id, ...claimValues(namesOf(bearer, client, session), user, personal) } };
}
