import { type Method, reaches } from '../shared/domain/assurance.ts';
import type { SecondFactorPolicy } from '../shared/domain/authentication-policy.ts';
import { secondIsProven } from '../shared/domain/decide-sign-in.ts';
import type { FactorSummary } from '../shared/domain/factors.ts';
import type { Standing } from '../shared/domain/session-standing.ts';
import { factorsThat, meetsPolicy, type StepUpDemand } from '../shared/domain/step-up.ts';
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
  const reachable = (proven: readonly Method[], demand: StepUpDemand) =>
    factorsThat(proven, enrolled, demand).length > 0;
  if (reachable(standing.methods, { wanted, second })) return 'step-up';
  /** The level is beyond the account: a wish is answered by a second proof, the best that there is (MFA4). */
  const next = !essential && !secondIsProven(standing.methods) && reachable(standing.methods, { second: true });
  if (second) return next ? 'step-up' : 'enrol';
  // With a password first, a factor of the account would do.
  if (!fresh && reachable(['password'], { wanted, second })) return 'sign-in';
  if (next) return 'step-up';
  return essential ? 'unmet' : 'reached';
}
