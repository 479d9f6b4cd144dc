import type { Bearer } from '../oidc/access-token.ts';
import type { Bound } from '../store/bind.ts';
import type { findSession } from '../store/session-store.ts';
import type { findDataKey, findUser } from '../store/user-store.ts';
import type { Acr, Method } from './assurance.ts';
import type { Brand } from './brand.ts';
import type { OpenedPerson, PersonOpening } from './opened-person.ts';
import { openPerson } from './opened-person.ts';
import { requireAlive } from './require-alive.ts';
import type { Asker } from './session.ts';
import { standingOf, withLevelNow } from './session-standing.ts';
import type { SignedInPerson } from './signed-in-person.ts';

export interface OwnAccountDeps extends PersonOpening {
  readonly brand: Pick<Brand, 'authentication'>;
  readonly store: Bound<{
    readonly findSession: typeof findSession;
    readonly findUser: typeof findUser;
    readonly findDataKey: typeof findDataKey;
  }>;
}

/** A person's own account, opened, and on whose word it is changed. */
export interface OwnAccount extends OpenedPerson {
  readonly by: Asker;
  /** The application that the person uses. */
  readonly clientId: string;
  /** Epoch seconds of the sign-in. */
  readonly authTime: number;
  /** The level that it counts for now, and the proofs that it is made of (SES5). */
  readonly acr: Acr;
  readonly methods: readonly Method[];
}

/**
 * Reads and opens the account of a bearer whose session is alive: one wave.
 * @throws Refusal `token_invalid`, `unavailable`
 */
export async function ownAccount(deps: OwnAccountDeps, bearer: Bearer, now: number): Promise<OwnAccount> {
  const { brand, store } = deps;
  const { user: id, session, clientId, authTime } = bearer;
  const [found, owner, dataKey] = await Promise.all([
    store.findSession(id, session),
    store.findUser(id),
    store.findDataKey(id),
  ]);
  const user = requireAlive(found, owner, now);
  const { acr = 'aal1', methods = [] } = (found && withLevelNow(found, brand.authentication.levels, now)) ?? {};
  return { ...openPerson(deps, user, dataKey), by: { at: 'client', session }, clientId, authTime, acr, methods };
}

/** The account of whoever is signed in in a browser. `clientId`: the application that they come from. */
export function accountAtBrowser(
  { authentication }: Pick<Brand, 'authentication'>,
  { session, user, personal, key }: SignedInPerson,
  clientId: string,
  now: number,
): OwnAccount {
  const { id, authTime } = session;
  const { acr, methods } = standingOf(session, authentication, now);
  return { user, personal, key, by: { at: 'browser', session: id }, clientId, authTime, acr, methods };
}
