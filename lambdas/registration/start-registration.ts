import { beginFlow, type Caller, type FlowDeps } from '../shared/domain/begin-flow.ts';
import type { Client } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import { type CommonPasswords, checkPassword, normalisePassword } from '../shared/domain/password-policy.ts';
import type { Profile } from '../shared/domain/user.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { type AskedDecision, checkDecisions } from './check-decisions.ts';
import type { PendingAccount } from './pending-account.ts';

export interface StartRegistration {
  readonly client: Client;
  readonly email: EmailAddress;
  readonly password: string;
  readonly profile?: Profile | undefined;
  readonly locale?: string | undefined;
  readonly consents?: readonly AskedDecision[] | undefined;
}

interface Deps extends FlowDeps {
  readonly isCommon: CommonPasswords;
  readonly hashPassword: (password: string) => Promise<string>;
}

/**
 * Starts a sign-up. Whether the address is known is not asked here, so it cannot show (REG6).
 * @throws Refusal of the password, the consents; `too_many_requests`, `unavailable`
 */
export async function startRegistration(
  deps: Deps,
  input: StartRegistration,
  caller: Caller,
  now: number,
): Promise<FlowStarted> {
  const { brand, random } = deps;
  const { client } = input;
  const password = normalisePassword(input.password);
  checkPassword(password, input.email, brand.passwords, deps.isCommon);
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const decisions = checkDecisions(brand, input.consents ?? [], { locale, clientId: client.id, at: now });

  const passwordHash = await deps.hashPassword(password);
  const secrets: PendingAccount = { email: input.email, passwordHash, profile: input.profile ?? {}, decisions };
  const event = newEvent('registration.started', { client: client.id, locale }, now, random);
  return beginFlow(deps, { purpose: 'registration', clientId: client.id, locale, secrets }, event, caller.ip, now);
}
