import { secondFactorPolicy } from '../shared/domain/authentication-policy.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { standingOf } from '../shared/domain/session-standing.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import { signedInSince } from './decide-authorization.ts';
import { decideLevel, fallsShort, type LevelStep } from './decide-level.ts';
import type { Known } from './read-known.ts';

export interface LevelDeps {
  readonly brand: Brand;
  readonly store: Bound<{ readonly findCredentials: typeof findCredentials }>;
}

/**
 * What the level of a session calls for; the account's factors are read only where it falls short: one wave more.
 * @throws Refusal `unavailable`
 */
export async function levelFor(
  { brand, store }: LevelDeps,
  request: AuthorizationRequest,
  client: Client,
  { session, owner }: Pick<Known, 'session' | 'owner'>,
  now: number,
): Promise<LevelStep> {
  if (!session || !owner) return 'reached';
  const standing = standingOf(session, brand.authentication, now);
  const fresh = signedInSince(session, request.at);
  const facts = { request, policy: secondFactorPolicy(brand, client), standing, fresh };
  const enrolled = fallsShort(facts) ? (await store.findCredentials(owner.identHash)).enrolled : undefined;
  const level = decideLevel(facts, enrolled);
  // Nobody acts, and the level was no more than a wish: the token tells the one that there is.
  const wish = level === 'step-up' && facts.policy !== 'required' && !request.acrEssential;
  return wish && request.prompt.includes('none') ? 'reached' : level;
}
