import { beginOpenFlow, type OpenCaller, type OpenFlowDeps } from '../shared/domain/begin-open-flow.ts';
import type { Client } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Front } from '../shared/domain/flow.ts';
import { networkOf } from '../shared/domain/network.ts';
import type { ParsedNumber } from '../shared/domain/phone-number.ts';
import { check } from '../shared/domain/refusal.ts';
import { textCounters } from '../shared/domain/text-counters.ts';
import { negotiateLocale } from '../shared/messages/negotiate-locale.ts';
import type { AuthorizationRequest } from '../shared/oidc/authorization-request.ts';

export interface StartCodeSignIn {
  readonly at: Front;
  readonly client: Client;
  readonly email: EmailAddress;
  readonly locale?: string | undefined;
  /** Where the pages asked: a link may come with the code, and leads back into what they were doing. */
  readonly from?: {
    /** Keyed hash of the browser. */
    readonly browser: string;
    readonly asked: AuthorizationRequest | undefined;
    readonly back: string | undefined;
  };
}

export interface StartTextSignIn {
  readonly at: Front;
  readonly client: Client;
  readonly phone: ParsedNumber;
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
  const { brand, random, sealing } = deps;
  const { at, client } = input;
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const event = newEvent('login_code.started', { client: client.id, locale }, now, random);
  const { browser, asked, back } = input.from ?? {};
  // Whether the code goes by text the mailer alone knows: it counts the network then.
  const network = brand.authentication.sms && sealing.lookup('ip', networkOf(caller.ip));
  const secrets = { email: input.email, ...(network && { network }), ...(asked && { asked }), ...(back && { back }) };
  const start = {
    purpose: 'login-code',
    at,
    clientId: client.id,
    locale,
    secrets,
    ...(browser && brand.authentication.mailedLinks && { browser }),
  } as const;
  return beginOpenFlow(deps, start, event, caller, now);
}

/**
 * Asks for a sign-in code by text; the reply is the same whoever owns the number. The network that
 * asks is counted first.
 * @throws Refusal `not_found` where the brand lets nobody in by a text; `too_many_requests`, `unavailable`
 */
export async function startTextSignIn(
  deps: OpenFlowDeps,
  input: StartTextSignIn,
  caller: OpenCaller,
  now: number,
): Promise<FlowStarted> {
  const { brand, random, sealing } = deps;
  const { at, client, phone } = input;
  const { sms } = brand.authentication;
  check(sms?.firstFactor === true, 'not_found');
  const locale = negotiateLocale(brand.locales, { requested: input.locale, acceptLanguage: caller.acceptLanguage });
  const event = newEvent('login_code.started', { client: client.id, locale }, now, random);
  const start = { purpose: 'login-code', at, clientId: client.id, locale, secrets: { phone: phone.number } } as const;
  return beginOpenFlow(deps, start, event, caller, now, { also: textCounters(sms, sealing, caller.ip) });
}
