import type { Consent } from '../domain/consent.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { UserId } from '../domain/id.ts';
import { iso } from '../domain/time.ts';
import { absent, any, below } from './clauses.ts';
import { readAll } from './read.ts';
import type { Tables } from './tables.ts';
import { put } from './transaction.ts';

const partition = (user: UserId) => `CONSENT#${user}`;

/**
 * The steps that record a decision: current state beside evidence that nothing overwrites (GD1). The first fails where a
 * rival decision of the same instant or later stands, so that the state is always what the latest evidence says.
 */
export function recordConsentSteps(tables: Tables, user: UserId, consent: Consent, event: ItemEvent) {
  const pk = partition(user);
  return [
    put(tables.directory, { pk, sk: `CURRENT#${consent.purpose}`, ...consent, event }, [
      any(absent('pk'), below('at', consent.at)),
    ]),
    put(tables.directory, { pk, sk: `LOG#${iso(consent.at)}#${event.id}`, ...consent }, [absent('pk')]),
  ];
}

async function readConsents(tables: Tables, user: UserId, prefix: string): Promise<readonly Consent[]> {
  return (await readAll(tables, tables.directory, partition(user), prefix)) as unknown as readonly Consent[];
}

/** The person's last word on each purpose they were asked about. @throws Refusal `unavailable` */
export function currentConsents(tables: Tables, user: UserId): Promise<readonly Consent[]> {
  return readConsents(tables, user, 'CURRENT#');
}

/** Every decision, oldest first. @throws Refusal `unavailable` */
export function consentHistory(tables: Tables, user: UserId): Promise<readonly Consent[]> {
  return readConsents(tables, user, 'LOG#');
}
