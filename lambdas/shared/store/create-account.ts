import type { Consent } from '../domain/consent.ts';
import type { ItemEvent } from '../domain/event.ts';
import type { Flow } from '../domain/flow.ts';
import type { Entry } from '../domain/let-in.ts';
import type { User } from '../domain/user.ts';
import { recordConsentSteps } from './consent-store.ts';
import { addPasswordStep, nothingFiledStep, type PasswordCredential } from './credential-store.ts';
import { enterWith } from './enter.ts';
import { consumeStep } from './flow-store.ts';
import type { Tables } from './tables.ts';
import { addDataKeyStep, addUserStep, takeAddressStep, type WrappedDataKey } from './user-store.ts';

export interface NewAccount {
  readonly user: User;
  readonly dataKey: WrappedDataKey;
  /** Nothing where the person goes without a password. */
  readonly credential: PasswordCredential | undefined;
  readonly consents: readonly { readonly consent: Consent; readonly event: ItemEvent }[];
  readonly registered: ItemEvent;
  /** Where the proof of the address leads. */
  readonly entry: Entry;
}

/**
 * Turns a proven flow into an account: everything in one transaction, so that no crash and no rival leaves an address
 * without an owner, a code spent for nothing, or two people with one address (REG8, F6), and that nobody gets what somebody
 * else has filed under the address (MFA10).
 * @throws Refusal `conflict_retry`, `unavailable`
 */
export async function createAccount(
  tables: Tables,
  flow: Flow,
  account: NewAccount,
  now: number,
): Promise<'created' | 'flow_gone' | 'address_taken'> {
  const { user, dataKey, credential, consents, registered, entry } = account;
  const steps = [
    consumeStep(tables, flow, now),
    takeAddressStep(tables, user.identHash, user.id),
    addUserStep(tables, user, registered),
    addDataKeyStep(tables, user.id, dataKey),
    credential
      ? addPasswordStep(tables, user.identHash, credential)
      : nothingFiledStep(tables, user.identHash, 'password'),
    nothingFiledStep(tables, user.identHash, 'factors'),
    ...consents.flatMap(({ consent, event }) => recordConsentSteps(tables, user.id, consent, event)),
  ];
  const outcome = await enterWith(tables, steps, entry, now);
  if (outcome.done) return 'created';
  return outcome.failed === 0 ? 'flow_gone' : 'address_taken';
}
