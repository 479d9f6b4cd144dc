import type { Agreement } from '../shared/domain/agreement.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { SignedInPerson } from '../shared/domain/signed-in-person.ts';
import { type AuthorizationRequest, askedScopes } from '../shared/oidc/authorization-request.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { sayInBrowser } from '../shared/store/say-in-browser.ts';

interface Deps {
  readonly random: Random;
  readonly store: Bound<{ readonly sayInBrowser: typeof sayInBrowser }>;
}

/**
 * Records that a person allows a client the scopes that it asks for, beside those allowed before (CON1).
 * @returns `false` where the session is dead
 * @throws Refusal `unavailable`
 */
export function allowClient(
  { random, store }: Deps,
  { session, user }: SignedInPerson,
  request: AuthorizationRequest,
  before: Agreement | undefined,
  now: number,
): Promise<boolean> {
  const { clientId } = request;
  const scopes = [...new Set([...(before?.scopes ?? []), ...askedScopes(request)])];
  const event = newEvent('agreement.given', { sub: user.id, client: clientId }, now, random);
  return store.sayInBrowser(
    user.id,
    session.id,
    { agreement: { agreement: { clientId, scopes, at: now }, event } },
    now,
  );
}
