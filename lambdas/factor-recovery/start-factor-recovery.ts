import { beginOpenFlow, type OpenCaller, type OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { Client } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Front } from '../shared/domain/flow.ts';
import { check } from '../shared/domain/refusal.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';

export interface StartFactorRecovery {
  readonly at: Front;
  readonly client: Client;
  readonly email: EmailAddress;
  readonly locale?: string | undefined;
}

/**
 * Asks for the code that begins or ends the waiting time; the reply is the same whoever owns the address (REC1).
 * @throws Refusal `not_found` where the brand has no such way; `challenge_required`, `too_many_requests`,
 * `unavailable`
 */
export async function startFactorRecovery(
  deps: OpenFlowDeps,
  input: StartFactorRecovery,
  caller: OpenCaller,
  now: number,
): Promise<FlowStarted> {
  const { brand, random } = deps;
  const { at, client, email } = input;
  check(brand.authentication.recovery !== undefined, 'not_found');
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const event = newEvent('factor_recovery.code_asked', { client: client.id, locale }, now, random);
  const start = { purpose: 'factor-recovery', at, clientId: client.id, locale, secrets: { email } } as const;
  return beginOpenFlow(deps, start, event, caller, now);
}
