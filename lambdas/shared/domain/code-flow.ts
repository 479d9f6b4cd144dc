import type { Lifetimes, Locale } from './brand.ts';
import {
  type Flow,
  type FlowKind,
  type FlowPurpose,
  type FlowSecrets,
  flowItemKey,
  type TextedSecrets,
} from './flow.ts';
import { newFlowId, type Random, type UserId } from './id.ts';
import { mailboxOf } from './mailbox.ts';
import { Refusal } from './refusal.ts';
import { isSameSecret } from './same-secret.ts';
import { seconds } from './time.ts';

/** What a flow is made with; the sealing ring in the hands of the caller. */
export interface FlowMaking {
  readonly lifetimes: Lifetimes;
  readonly random: Random;
  /** Milliseconds. */
  readonly now: number;
  readonly lookup: (kind: 'email' | 'phone', value: string) => string;
  readonly sealEphemeral: (itemKey: string, value: unknown) => string;
}

export interface FlowStart extends FlowKind {
  readonly clientId: string;
  readonly locale: Locale;
  /** Where the code goes is the address in them, or the number. */
  readonly secrets: FlowSecrets | TextedSecrets;
  readonly userId?: UserId;
  /** Keyed hash of the browser that asks: a link that is mailed works there alone. */
  readonly browser?: string;
  /** The browser is one that the owner of the address has signed in at. */
  readonly remembered?: boolean;
  readonly proven?: boolean;
}

/** What a caller is told of a flow, whoever owns the address (REG6, REC1). */
export interface FlowStarted {
  readonly flow: string;
  readonly next: 'verify';
  /** Seconds until the code dies. */
  readonly expires_in: number;
}

/** Seconds that a code of this purpose lives. */
export function codeLifetime(purpose: FlowPurpose, lifetimes: Lifetimes): number {
  return purpose === 'recovery' ? lifetimes.recoveryCode : lifetimes.code;
}

/** 128 random bits from which the code of the flow derives (VC1). */
export function newCodeNonce(random: Random): string {
  return random(16).toString('base64url');
}

function isTexted(secrets: FlowStart['secrets']): secrets is TextedSecrets {
  return !('email' in secrets);
}

/** The keyed hash of where a code goes. */
export function identHashOf(lookup: FlowMaking['lookup'], secrets: FlowStart['secrets']): string {
  return isTexted(secrets) ? lookup('phone', secrets.phone) : lookup('email', secrets.email);
}

/** Keyed hash of the mailbox or number that a code ends up in: what counts how many it has had. */
export function recipientHashOf(lookup: FlowMaking['lookup'], secrets: FlowStart['secrets']): string {
  return isTexted(secrets) ? lookup('phone', secrets.phone) : lookup('email', mailboxOf(secrets.email));
}

/** The domain of the address that a code goes to; nothing for a number. */
export function domainOf(secrets: FlowStart['secrets']): string | undefined {
  return isTexted(secrets) ? undefined : secrets.email.slice(secrets.email.lastIndexOf('@') + 1);
}

/** A new flow for an address, known or not. */
export function newFlow(making: FlowMaking, start: FlowStart): Flow {
  const { lifetimes, random, now, lookup, sealEphemeral } = making;
  const { purpose, at, clientId, locale, secrets, userId, browser, remembered, proven } = start;
  const id = newFlowId(random);
  const texted = isTexted(secrets);
  const lifetime = codeLifetime(purpose, lifetimes);
  return {
    id,
    purpose,
    at,
    clientId,
    identHash: identHashOf(lookup, secrets),
    ...(texted && { channel: 'text' }),
    ...(userId && { userId }),
    ...(browser && { browser }),
    ...(remembered && { remembered }),
    ...(proven && { proven }),
    locale,
    sealed: sealEphemeral(flowItemKey(id), secrets),
    codeNonce: newCodeNonce(random),
    resends: 0,
    startedAt: now,
    expiresAt: seconds(now) + lifetime,
    endsAt: seconds(now) + Math.max(lifetimes.flow, lifetime),
  };
}

/** The sealing ring's. */
type MailedCode = (flow: { readonly id: string; readonly purpose: string; readonly nonce: string }) => string;

/** `spent`: too many wrong codes, a new one may be asked for. `gone`: unknown, consumed or over. */
export type CountedTry =
  /** `last`: no try is left after this one. */
  | { readonly state: 'open'; readonly flow: Flow; readonly last: boolean }
  | { readonly state: 'spent' }
  | { readonly state: 'gone' };

/** The flow of a counted try, if tries were left. @throws Refusal `code_spent`, `flow_expired` */
export function flowOfTry(attempt: CountedTry): Flow {
  if (attempt.state === 'spent') throw new Refusal('code_spent');
  if (attempt.state === 'gone') throw new Refusal('flow_expired');
  return attempt.flow;
}

/** Whether a code is the flow's own, in constant time. */
export function codeMatches(flow: Flow, code: string, mailedCode: MailedCode): boolean {
  return isSameSecret(code, mailedCode({ id: flow.id, purpose: flow.purpose, nonce: flow.codeNonce }));
}

/** What a code that is wrong is answered. */
export function wrongCode(): Refusal {
  return new Refusal('code_invalid', { errors: [{ field: 'code', rule: 'code_invalid' }] });
}
