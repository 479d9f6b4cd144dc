import { type Acr, acrValues, isAcr } from '../domain/assurance.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** The lowest of the levels that a request takes; values of others are not ours to reach. */
export function askedLevel({ acrValues: asked }: Pick<AuthorizationRequest, 'acrValues'>): Acr | undefined {
  const known = asked.filter(isAcr);
  return acrValues.find((acr) => known.includes(acr));
}
