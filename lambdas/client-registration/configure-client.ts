import type { Brand, DynamicRegistration } from '../shared/domain/brand.ts';
import { isRegisteredId } from '../shared/domain/clients.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import { clientOf, type RegisteredClient } from '../shared/domain/registration.ts';
import { demand } from '../shared/oidc/oauth-refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { endRegistration, findRegistration, replaceRegistration } from '../shared/store/client-store.ts';
import { hashOf, presentedSecret, secretHolds, tokenRefused } from './bearer-secret.ts';
import { checkMetadata } from './check-metadata.ts';
import type { Registered } from './register-client.ts';

interface Deps {
  readonly brand: Brand;
  readonly allowed: DynamicRegistration;
  readonly random: Random;
  readonly store: Bound<{
    readonly findRegistration: typeof findRegistration;
    readonly replaceRegistration: typeof replaceRegistration;
    readonly endRegistration: typeof endRegistration;
  }>;
}

/** The registration that a request may see: an unknown client and a wrong token look alike (RFC 7592 section 2). */
export async function ownRegistration(
  { allowed, store }: Pick<Deps, 'allowed' | 'store'>,
  authorization: string | undefined,
  id: string,
): Promise<RegisteredClient & { readonly accessToken: string }> {
  const accessToken = presentedSecret('registration', authorization);
  const registration = isRegisteredId(id) ? await store.findRegistration(id) : undefined;
  if (!registration || !secretHolds(accessToken, registration.accessHash)) throw tokenRefused();
  return { client: clientOf(allowed, registration), registration, accessToken };
}

/** RFC 7592 section 2.2: these come from the server alone. */
const foreign = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

function checkRestated(body: Readonly<Record<string, unknown>>, { client, registration }: RegisteredClient): void {
  const wrong = foreign.find((member) => Object.hasOwn(body, member));
  demand(wrong === undefined, 'invalid_request', `${wrong} is not the client's to say`);
  demand(body.client_id === client.id, 'invalid_client_metadata', 'client_id must be the id of this client');
  const { client_secret: secret } = body;
  const own = typeof secret === 'string' && registration.secretHashes.some((hash) => secretHolds(secret, hash));
  demand(secret === undefined || own, 'invalid_client_metadata', 'client_secret is not the secret of this client');
}

/**
 * Replaces a registration (RFC 7592 section 2.2): what is left out is gone. A secret is made where the client had none
 * and needs one, and dropped where it needs none. Its tokens stay as they are; they lose scopes that it gave up with the
 * next refresh.
 * @throws OAuthRefusal as a registration does; Refusal `conflict_retry`, `unavailable`
 */
export async function replaceClient(
  deps: Deps,
  authorization: string | undefined,
  id: string,
  read: () => Readonly<Record<string, unknown>>,
  now: number,
): Promise<Registered> {
  const { brand, allowed, random, store } = deps;
  const { accessToken, ...known } = await ownRegistration(deps, authorization, id);
  const body = read();
  checkRestated(body, known);
  const { client, uris } = checkMetadata(brand, allowed, body);
  const { secretHashes: held, ...before } = known.registration;
  const needsSecret = client.authentication.startsWith('client_secret_');
  const secret = needsSecret && held.length === 0 ? random(32).toString('base64url') : undefined;
  const kept = needsSecret ? held : [];
  const secretHashes = secret === undefined ? kept : [hashOf(secret)];
  const registration = { ...before, client: { id, ...client }, uris, secretHashes };
  const event = newEvent('client.updated', { client: id }, now, random);
  if (!(await store.replaceRegistration(registration, event))) throw new Refusal('conflict_retry');
  return {
    registered: { client: clientOf(allowed, registration), registration },
    credentials: { accessToken, secret },
  };
}

/** Deletes a client (RFC 7592 section 2.3). @throws OAuthRefusal `invalid_token`; Refusal `unavailable` */
export async function deleteClient(
  deps: Deps,
  authorization: string | undefined,
  id: string,
  now: number,
): Promise<void> {
  await ownRegistration(deps, authorization, id);
  await deps.store.endRegistration(id, newEvent('client.deleted', { client: id }, now, deps.random), now);
}
