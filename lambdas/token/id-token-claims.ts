import type { Client } from '../shared/domain/brand.ts';
import { claimsWithin, claimValues } from '../shared/domain/personal-claims.ts';
import type { Session } from '../shared/domain/session.ts';
import { type PersonalData, type User, userItemKey } from '../shared/domain/user.ts';
import { OAuthRefusal } from '../shared/oidc/oauth-refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findDataKey } from '../shared/store/user-store.ts';
import type { open } from '../shared/vault/sealed-box.ts';
import type { SealingRing } from '../shared/vault/sealing-ring.ts';

/** Claims about the person for the ID token of a session. @throws OAuthRefusal `invalid_grant`; Refusal `unavailable` */
export type IdTokenClaims = (
  client: Client,
  session: Session,
  owner: User,
) => Promise<Readonly<Record<string, unknown>>>;

/** What it takes to open the few claims that some clients want in an ID token. */
interface Deps {
  readonly sealing: SealingRing;
  readonly open: typeof open;
  readonly store: Bound<{ readonly findDataKey: typeof findDataKey }>;
}

/**
 * Claims about the person for the ID token, where the request asked for them by `claims.id_token` and the client is still
 * registered for their scopes. No read where it did not, which is nearly always; else one.
 * @throws OAuthRefusal `invalid_grant` where the person is erased; Refusal `unavailable`
 */
export async function idTokenClaims(
  { sealing, open, store }: Deps,
  client: Client,
  session: Session,
  owner: User,
): Promise<Readonly<Record<string, unknown>>> {
  const names = claimsWithin(session.claims?.idToken ?? [], client.scopes);
  if (names.length === 0) return {};
  const dataKey = await store.findDataKey(owner.id);
  if (!dataKey) throw new OAuthRefusal('invalid_grant', 'the grant is over');
  const key = sealing.unwrapDataKey(owner.id, dataKey.wrapped, dataKey.kek);
  return claimValues(names, owner, open(key, owner.sealed, userItemKey(owner.id)) as PersonalData);
}
