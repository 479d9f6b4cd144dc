import { Refusal } from '../domain/refusal.ts';

/** Who acts on behalf of a token's subject, and on behalf of which earlier actor (RFC 8693 section 4.1). */
export interface Actor {
  readonly sub: string;
  /** The client that acts for the actor, where the actor is a person. */
  readonly client_id?: string;
  readonly act?: Actor;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads an `act` claim of ours. @throws Refusal `token_invalid`: an actor that is not understood is not passed over */
export function readActor(claim: unknown): Actor {
  if (!isObject(claim) || typeof claim.sub !== 'string') throw new Refusal('token_invalid');
  const { sub, client_id: clientId, act } = claim;
  return {
    sub,
    ...(typeof clientId === 'string' && { client_id: clientId }),
    ...(act !== undefined && { act: readActor(act) }),
  };
}

/** How many have acted one after another. */
export function lengthOfChain(actor: Actor | undefined): number {
  return actor ? 1 + lengthOfChain(actor.act) : 0;
}

/**
 * Whether a `may_act` claim names this actor (RFC 8693 section 4.4). Each member that it has must be the actor's: one that
 * is not understood lets nobody act.
 */
export function mayActIsMet(mayAct: unknown, actor: Actor & { readonly iss: string }): boolean {
  if (!isObject(mayAct) || typeof mayAct.sub !== 'string') return false;
  const { sub, client_id: clientId = actor.sub, iss } = actor;
  const own: Readonly<Record<string, string>> = { sub, client_id: clientId, iss };
  return Object.entries(mayAct).every(([name, value]) => Object.hasOwn(own, name) && own[name] === value);
}
