import { beginOpenFlow, type OpenCaller, type OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { Client } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';

export interface StartCodeSignIn {
  readonly client: Client;
  readonly email: EmailAddress;
  readonly locale?: string | undefined;
}

/**
 * Asks for a sign-in code by mail; the reply is the same whoever owns the address.
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function startCodeSignIn(
  deps: OpenFlowDeps,
  input: StartCodeSignIn,
  caller: OpenCaller,
  now: number,
): Promise<FlowStarted> {
  const { brand, random } = deps;
  const { client } = input;
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const event = newEvent('login_code.started', { client: client.id, locale }, now, random);
  const start = { purpose: 'login-code', clientId: client.id, locale, secrets: { email: input.email } } as const;
  return beginOpenFlow(deps, start, event, caller, now);
}
