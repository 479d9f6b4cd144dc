import type { Brand, Client } from '../domain/brand.ts';
import { type FindClient, findClient, isRegisteredId } from '../domain/clients.ts';
import { type RegisteredClient, registeredClient } from '../domain/registration.ts';
import type { Clock } from '../domain/time.ts';
import { findRegistration } from '../store/client-store.ts';
import type { Tables } from '../store/tables.ts';

/** The clients of a brand: those of its file, and those that registered themselves. */
export interface ClientFinder {
  /** For pages and requests that a person sees: a registered client may be a minute old. */
  readonly find: FindClient;
  /** As it is registered now: for tokens, which are dead the moment their client is. @throws Refusal `unavailable` */
  readonly registeredNow: (id: string) => Promise<RegisteredClient | undefined>;
  /** Finds a client as it is now. @throws Refusal `unavailable` */
  readonly findNow: FindClient;
  /** Whether tokens of that client are still somebody's: `false` once it is deleted. @throws Refusal `unavailable` */
  readonly lives: (id: string) => Promise<boolean>;
}

/** Seconds that a registered client is kept (ADR 0016). */
const maxAge = 60;
/** Registered clients that are kept at a time: memory has an end, and their number has none. */
const maxKept = 200;

/** Opens the clients of a brand. Those of its file cost no read, ever. */
export function clientFinder(brand: Brand, tables: Tables, clock: Clock): ClientFinder {
  const held = new Map<string, { readonly client: Client; readonly at: number }>();

  const registeredNow: ClientFinder['registeredNow'] = async (id) => {
    if (brand.dynamicRegistration === undefined || !isRegisteredId(id)) return undefined;
    const found = registeredClient(brand, await findRegistration(tables, id));
    held.delete(id);
    if (found) held.set(id, { client: found.client, at: clock() });
    const [oldest] = held.keys();
    if (held.size > maxKept && oldest !== undefined) held.delete(oldest);
    return found;
  };

  const findNow: FindClient = async (id) =>
    isRegisteredId(id) ? (await registeredNow(id))?.client : findClient(brand, id);

  return {
    registeredNow,
    findNow,
    lives: async (id) => !isRegisteredId(id) || (await registeredNow(id)) !== undefined,
    find: async (id) => {
      if (!isRegisteredId(id)) return findClient(brand, id);
      const kept = held.get(id);
      const fresh = kept !== undefined && clock() - kept.at < maxAge * 1000;
      return fresh ? kept.client : (await registeredNow(id))?.client;
    },
  };
}
