import { reaches } from '../shared/domain/assurance.ts';
import type { SecondFactorPolicy } from '../shared/domain/authentication-policy.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import type { Standing } from '../shared/domain/session-standing.ts';
import { factorsThat, meetsPolicy } from '../shared/domain/step-up.ts';
import { askedLevel } from '../shared/oidc/asked-level.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';

/** What is known of a live session and of what is asked of it. */
export interface LevelFacts {
  readonly request: Pick<AuthorizationRequest, 'acrValues' | 'acrEssential'>;
  readonly policy: SecondFactorPolicy;
  readonly standing: Standing;
  /** It was begun by a sign-in since the request. */
  readonly fresh: boolean;
}

/** What the level of a session calls for. `unmet`: nothing that the person could do here would reach it. */
export type LevelStep = 'reached' | 'step-up' | 'sign-in' | 'enrol' | 'unmet';

/** What a request or a policy asks for and the session does not show. */
function missing({ request, policy, standing }: LevelFacts) {
  const wanted = askedLevel(request);
  return {
    wanted: wanted !== undefined && !reaches(standing.acr, wanted) ? wanted : undefined,
    second: !meetsPolicy(policy, standing),
  };
}

/** Whether the account's factors have to be read to decide. */
export function fallsShort(facts: LevelFacts): boolean {
  const { wanted, second } = missing(facts);
  return wanted !== undefined || second;
}

/**
 * Decides what the level of a session calls for: pure, hence a table in the tests. A level that is wished for and cannot
 * be reached is no obstacle, the token tells the truth (OIDC Core section 5.5.1.1); one that is essential is (MFA9).
 */
export function decideLevel(facts: LevelFacts, enrolled: FactorSummary | undefined): LevelStep {
  const { request, standing, fresh } = facts;
  const essential = request.acrEssential === true;
  if (essential && request.acrValues.length > 0 && askedLevel(request) === undefined) return 'unmet';
  const { wanted, second } = missing(facts);
  if (wanted === undefined && !second) return 'reached';
  if (standing.lapsed === 'old' && !fresh) return 'sign-in';
  if (factorsThat(standing.methods, enrolled, { wanted, second }).length > 0) return 'step-up';
  if (second) return 'enrol';
  // With a password first, a factor of the account would do.
  const stronger = factorsThat(['password'], enrolled, { wanted, second }).length > 0;
  if (stronger && !fresh) return 'sign-in';
  return essential ? 'unmet' : 'reached';
}
