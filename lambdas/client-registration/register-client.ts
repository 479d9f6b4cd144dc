import type { Brand, DynamicRegistration } from '../shared/domain/brand.ts';
import { registeredPrefix } from '../shared/domain/clients.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { clientOf, type RegisteredClient, type Registration } from '../shared/domain/registration.ts';
import { seconds } from '../shared/domain/time.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { addRegistration, mayRegister } from '../shared/store/client-store.ts';
import { hashOf, newRegistrationToken, presentedSecret, tokenRefused } from './bearer-secret.ts';
import { checkMetadata } from './check-metadata.ts';
import type { Credentials } from './client-information.ts';

interface Deps {
  readonly brand: Brand;
  readonly allowed: DynamicRegistration;
  readonly random: Random;
  readonly store: Bound<{ readonly mayRegister: typeof mayRegister; readonly addRegistration: typeof addRegistration }>;
}

/** A client as it was just registered, with what is told once. */
export interface Registered {
  readonly registered: RegisteredClient;
  readonly credentials: Credentials;
}

/**
 * Registers a client (RFC 7591 section 3): the token is looked at first, so that nobody without one learns what is wrong
 * with the rest, and a use of it is taken with the write that adds the client. Two waves.
 * @throws OAuthRefusal `invalid_token`, `invalid_redirect_uri`, `invalid_client_metadata`; Refusal `unavailable`
 */
export async function registerClient(
  { brand, allowed, random, store }: Deps,
  authorization: string | undefined,
  body: () => object,
  now: number,
): Promise<Registered> {
  const token = hashOf(presentedSecret('initial', authorization));
  if (!(await store.mayRegister(token, now))) throw tokenRefused();
  const { client, uris } = checkMetadata(brand, allowed, body());

  const id = `${registeredPrefix}${random(16).toString('base64url')}`;
  const secret = client.authentication.startsWith('client_secret_') ? random(32).toString('base64url') : undefined;
  const accessToken = newRegistrationToken(random);
  const registration: Registration = {
    client: { id, ...client },
    uris,
    secretHashes: secret === undefined ? [] : [hashOf(secret)],
    accessHash: hashOf(accessToken),
    registeredAt: seconds(now),
    version: 1,
  };
  const event = newEvent('client.registered', { client: id }, now, random);
  if (!(await store.addRegistration(token, registration, event, now))) throw tokenRefused();
  return {
    registered: { client: clientOf(allowed, registration), registration },
    credentials: { accessToken, secret },
  };
}
