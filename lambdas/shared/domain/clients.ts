import type { Brand, Client } from './brand.ts';
import { check, Refusal } from './refusal.ts';

/** The brand’s client of that id. */
export function findClient(brand: Brand, id: string): Client | undefined {
  return brand.clients.find((client) => client.id === id);
}

/** Finds a client: the brand's own at once, one that registered itself by a read. @throws Refusal `unavailable` */
export type FindClient = (id: string) => Promise<Client | undefined>;

/** Origins that a client's journeys may lead to: those of its own addresses, and where these send the browser next. */
export function onwardOrigins(client: Client): readonly string[] {
  const { redirectUris, postLogoutRedirectUris = [], origins, onwardOrigins: next = [] } = client;
  const urls = [...redirectUris, ...postLogoutRedirectUris, ...origins, ...next];
  return [...new Set(urls.map((url) => new URL(url).origin))];
}

/**
 * Origins that one journey of a client may lead to. Browsers hold every redirect after a form to the `form-action` of its
 * page, however far it goes (WEB1). Of one that registered itself that is where it is answered, and no more.
 * @param answered its redirect URI in this journey: a loopback one may have any port
 */
export function journeyOrigins(brand: Brand, clientId: string, answered: string): readonly string[] {
  const client = findClient(brand, clientId);
  return [...new Set([new URL(answered).origin, ...(client ? onwardOrigins(client) : [])])];
}

/** What begins the id of a client that registered itself: no person's id and none of the brand file does (CON2). */
export const registeredPrefix = 'dyn_';

/** Whether the id has the shape of one that registration hands out; nothing else costs a read. */
export function isRegisteredId(id: string): boolean {
  return /^dyn_[A-Za-z0-9_-]{22}$/.test(id);
}

/** The brand's own application: whom a person deals with who opens a hosted page without a request of a client. */
export function homeClient(brand: Brand): Client | undefined {
  return brand.clients.find(({ firstParty, grants }) => firstParty && grants.includes('authorization_code'));
}

/**
 * The first-party application that a journey under /v1 names. Journeys issue bearer tokens: not to a client that wants
 * all of its tokens bound.
 * @throws Refusal `client_unknown`, `client_not_allowed`
 */
export function firstPartyClient(brand: Brand, id: string): Client {
  const client = findClient(brand, id);
  if (!client) throw new Refusal('client_unknown', { errors: [{ field: 'client_id', rule: 'not_allowed' }] });
  const mayJourney = client.firstParty && client.authentication === 'none' && client.dpop !== 'required';
  check(mayJourney, 'client_not_allowed');
  return client;
}
