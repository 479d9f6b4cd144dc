import { secondFactorPolicy } from '../shared/domain/authentication-policy.ts';
import type { Brand, Client } from '../shared/domain/brand.ts';
import { firstPartyClient } from '../shared/domain/clients.ts';
import { check } from '../shared/domain/refusal.ts';

/**
 * The application whose own screens somebody signs up at. Where it requires a second factor, a new account could not be
 * signed in to there: the hosted pages set one up.
 * @throws Refusal `client_unknown`, `client_not_allowed`, `hosted_pages_required`
 */
export function signUpClient(brand: Brand, id: string): Client {
  const client = firstPartyClient(brand, id);
  check(secondFactorPolicy(brand, client) !== 'required', 'hosted_pages_required');
  return client;
}
