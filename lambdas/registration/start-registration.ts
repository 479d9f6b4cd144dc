import { admitStart, beginAdmitted, type OpenCaller, type OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { Client } from '../shared/domain/brand.ts';
import { codeLifetime, type FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Front } from '../shared/domain/flow.ts';
import { newFlowId } from '../shared/domain/id.ts';
import { mayGoWithoutPassword } from '../shared/domain/passkey.ts';
import {
  type BreachedPasswords,
  type CommonPasswords,
  checkBreaches,
  checkPassword,
  normalisePassword,
} from '../shared/domain/password-policy.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Profile } from '../shared/domain/user.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import { type AskedDecision, checkDecisions } from './check-decisions.ts';
import type { PendingAccount } from './pending-account.ts';

export interface StartRegistration {
  readonly at: Front;
  readonly client: Client;
  readonly email: EmailAddress;
  /** Nothing where the person goes without one. */
  readonly password?: string | undefined;
  readonly profile?: Profile | undefined;
  readonly locale?: string | undefined;
  readonly consents?: readonly AskedDecision[] | undefined;
  /** A field that no person sees; whoever fills it in reads forms by program. */
  readonly website?: string | undefined;
  /** The form came back sooner than anybody types. */
  readonly hasty?: boolean;
}

export interface RegistrationDeps extends OpenFlowDeps {
  readonly isCommon: CommonPasswords;
  readonly isBreached: BreachedPasswords;
  readonly usesThrowawayMailbox: (address: string) => Promise<boolean>;
  readonly hashPassword: (password: string) => Promise<string>;
}

/** Levels of work that a sign-up asks for by itself. */
const suspicions = { hasty: 2, throwaway: 3 } as const;

/** How suspicious a sign-up is. @throws Refusal `email_not_accepted` where the brand refuses throwaway mailboxes */
async function suspicionOf(
  { brand, usesThrowawayMailbox }: RegistrationDeps,
  input: StartRegistration,
): Promise<number> {
  const { throwaway } = brand.abuse.signUp;
  const isThrowaway = throwaway !== 'allow' && (await usesThrowawayMailbox(input.email));
  check(!isThrowaway || throwaway !== 'refuse', 'email_not_accepted', {
    errors: [{ field: 'email', rule: 'email_not_accepted' }],
  });
  return Math.max(input.hasty ? suspicions.hasty : 0, isThrowaway ? suspicions.throwaway : 0);
}

/**
 * The password to be, by the brand's rules; nothing where the person goes without one and the brand allows it.
 * @throws Refusal of the password; `field_invalid`
 */
function passwordOf({ brand, isCommon }: RegistrationDeps, { password: raw, email }: StartRegistration) {
  if (raw === undefined) {
    check(mayGoWithoutPassword(brand), 'field_invalid', { errors: [{ field: 'password', rule: 'required' }] });
    return undefined;
  }
  const password = normalisePassword(raw);
  checkPassword(password, email, brand.passwords, isCommon);
  return password;
}

async function hashUnbreached({ hashPassword, isBreached }: RegistrationDeps, password: string): Promise<string> {
  const [hash] = await Promise.all([hashPassword(password), checkBreaches(password, isBreached)]);
  return hash;
}

/**
 * Starts a sign-up. Whether the address is known is not asked here, so it cannot show (REG6).
 * A program that fills in what nobody sees is answered like everybody; nothing is hashed, asked or written for it. Work is
 * asked for before the hash and before anybody is asked about the password (RL3).
 * @throws Refusal of the password, the consents; `email_not_accepted`, `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function startRegistration(
  deps: RegistrationDeps,
  input: StartRegistration,
  caller: OpenCaller,
  now: number,
): Promise<FlowStarted> {
  const { brand, random } = deps;
  const { at, client } = input;
  const password = passwordOf(deps, input);
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const decisions = checkDecisions(brand, input.consents ?? [], { locale, clientId: client.id, at: now });

  if (input.website) {
    return { flow: newFlowId(random), next: 'verify', expires_in: codeLifetime('registration', brand.lifetimes) };
  }
  const { email, profile = {} } = input;
  const suspicion = await suspicionOf(deps, input);
  // A browser that knows the address has an account: who signs up once more is anybody.
  const anybody = { ...caller, remembered: () => undefined };
  const admitted = await admitStart(deps, { clientId: client.id, secrets: { email } }, anybody, now, { suspicion });

  const passwordHash = password === undefined ? undefined : await hashUnbreached(deps, password);
  const secrets: PendingAccount = { email, profile, decisions, ...(passwordHash !== undefined && { passwordHash }) };
  const event = newEvent('registration.started', { client: client.id, locale }, now, random);
  const start = { purpose: 'registration', at, clientId: client.id, locale, secrets } as const;
  return beginAdmitted(deps, start, event, admitted, now);
}
