import { homeClient } from '../../lambdas/shared/domain/clients.ts';
import { isAudience, isScope } from './client-problems.ts';
import { duplicates, quoted, type Rule } from './problem.ts';

/** What clients that register themselves may have. */
export const registrationProblems: Rule = function* (brand) {
  const { dynamicRegistration: allowed } = brand;
  if (allowed === undefined) return;
  const key = 'dynamicRegistration';
  if (allowed.scopes.length === 0) yield { key: `${key}.scopes`, says: 'must hold one scope or more' };
  for (const [i, scope] of allowed.scopes.entries()) {
    if (!isScope(scope)) {
      yield { key: `${key}.scopes[${i}]`, says: `${quoted(scope)} must be a scope token of RFC 6749 section 3.3` };
    }
  }
  yield* duplicates(allowed.scopes, (i) => `${key}.scopes[${i}]`);
  if (!isAudience(allowed.audience)) {
    yield { key: `${key}.audience`, says: `${quoted(allowed.audience)} must be an absolute URI without a fragment` };
  }
  if (homeClient(brand) === undefined) {
    yield {
      key,
      says: 'needs a client that is firstParty with authorization_code: people sign in to the brand itself',
    };
  }
};
