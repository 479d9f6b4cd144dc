import type { Agreement } from '../domain/agreement.ts';
import type { Consent } from '../domain/consent.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { SessionId, UserId } from '../domain/id.ts';
import { agreementStep } from './agreement-store.ts';
import { browserSessionLivesStep } from './browser-session-store.ts';
import { recordConsentSteps } from './consent-store.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { ownerAllowsStep } from './user-store.ts';

/** What a person says on a hosted page: to a client, or to purposes. */
export interface SaidNow {
  readonly agreement?: { readonly agreement: Agreement; readonly event: ItemEvent };
  readonly consents?: readonly { readonly consent: Consent; readonly event: ItemEvent }[];
}

/**
 * Records what a person says while their browser session is alive: all of it or nothing, and nothing for a dead session.
 * @returns `false` where the session is dead
 * @throws Refusal `unavailable`
 */
export async function sayInBrowser(
  tables: Tables,
  user: UserId,
  by: SessionId,
  { agreement, consents = [] }: SaidNow,
  now: number,
): Promise<boolean> {
  const outcome = await transact(tables, [
    browserSessionLivesStep(tables, user, by, now),
    ownerAllowsStep(tables, user, by),
    ...(agreement ? [agreementStep(tables, user, agreement.agreement, agreement.event)] : []),
    ...consents.flatMap(({ consent, event }) => recordConsentSteps(tables, user, consent, event)),
  ]);
  return outcome.done;
}
