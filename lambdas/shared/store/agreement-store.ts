import type { Agreement } from '../domain/agreement.ts';
import type { Consent } from '../domain/consent.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { UserId } from '../domain/id.ts';
import { readAll } from './read.ts';
import type { Tables } from './tables.ts';
import { put } from './transaction.ts';

const partition = (user: UserId) => `CONSENT#${user}`;
const clientPrefix = 'CLIENT#';
const purposePrefix = 'CURRENT#';

/** What a person said, to clients and to purposes. */
export interface Said {
  readonly agreements: readonly Agreement[];
  readonly consents: readonly Consent[];
}

/** Reads what decides an authorization: agreements and current consents stand side by side. One query. @throws Refusal `unavailable` */
export async function findSaid(tables: Tables, user: UserId): Promise<Said> {
  const items = await readAll(tables, tables.directory, partition(user), 'C');
  const under = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  return {
    agreements: under(clientPrefix) as unknown as readonly Agreement[],
    consents: under(purposePrefix) as unknown as readonly Consent[],
  };
}

/** The step that records what a person allows a client; a later word replaces an earlier one. */
export function agreementStep(tables: Tables, user: UserId, agreement: Agreement, event: ItemEvent) {
  const key = { pk: partition(user), sk: `${clientPrefix}${agreement.clientId}` };
  return put(tables.directory, { ...key, ...agreement, event });
}
