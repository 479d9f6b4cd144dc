import { beginOpenFlow, type OpenCaller, type OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { Client } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Front } from '../shared/domain/flow.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';

export interface StartRecovery {
  readonly at: Front;
  readonly client: Client;
  readonly email: EmailAddress;
  readonly locale?: string | undefined;
}

/**
 * Starts the recovery of a forgotten password. Nothing about the account changes, and nothing tells whether there is one
 * (REC1, REC2).
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function startRecovery(
  deps: OpenFlowDeps,
  input: StartRecovery,
  caller: OpenCaller,
  now: number,
): Promise<FlowStarted> {
  const { brand, random } = deps;
  const { at, client, email } = input;
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const event = newEvent('recovery.started', { client: client.id, locale }, now, random);
  const start = { purpose: 'recovery', at, clientId: client.id, locale, secrets: { email } } as const;
  return beginOpenFlow(deps, start, event, caller, now);
}
