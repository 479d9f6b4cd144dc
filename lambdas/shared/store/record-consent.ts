import type { Consent } from '../domain/consent.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import { recordConsentSteps } from './consent-store.ts';
import { sessionLivesStep } from './session-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { ownerAllowsStep } from './user-store.ts';

/**
 * Records a decision while the session that takes it is alive: one wave, nothing written for a dead session.
 * @returns `rival` where another decision on the purpose was taken at the same time
 * @throws Refusal `unavailable`
 */
export async function recordConsent(
  tables: Tables,
  user: UserId,
  by: SessionId,
  consent: Consent,
  event: ItemEvent,
): Promise<'recorded' | 'asker_dead' | 'rival'> {
  const asker = [sessionLivesStep(tables, user, by, consent.at), ownerAllowsStep(tables, user, by)];
  const outcome = await transact(tables, [...asker, ...recordConsentSteps(tables, user, consent, event)]);
  if (outcome.done) return 'recorded';
  return outcome.failed < asker.length ? 'asker_dead' : 'rival';
}
