import * as z from 'zod/mini';
import { alertScopes } from './alert.ts';
import { amrValues } from './assurance.ts';
import { reasonCodes, riskOutcomes } from './risk.ts';

/**
 * The catalogue of events. Every string has a pattern that no address, name or free text fits: what passes the schema
 * is free of personal data, and the publisher lets nothing else onto the bus.
 */
const sub = z.string().check(z.regex(/^usr_[A-Za-z0-9_-]{22}$/));
const session = z.string().check(z.regex(/^ses_[0-9a-f]{36}$/));
const client = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/));
const purpose = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/));
const version = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,32}$/));
const locale = z.enum(['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'ja', 'ar']);

const factorKinds = ['passkey', 'totp', 'sms'] as const;
const reasons = z.array(z.enum(reasonCodes));
const secondFactors = ['passkey', 'totp', 'sms', 'recovery-code', 'mailed-code'] as const;

const started = z.object({ client, locale });
const person = z.object({ sub });
const decision = z.object({ sub, purpose, version, client });

export const events = {
  'registration.started': started,
  'registration.code_requested': started,
  'login_code.started': started,
  /** Another code was asked for in the same journey; the one before is dead. */
  'login_code.code_requested': started,
  'recovery.started': started,
  'recovery.code_requested': started,
  'user.registered': z.object({ sub, client, locale }),
  /** `fields` names what changed, never to what. */
  'user.updated': z.object({ sub, fields: z.array(z.string().check(z.regex(/^[a-z_]{1,32}$/))) }),
  /** `outcome` and `reasons` say how risky it was; absent where it was not weighed. */
  'user.signed_in': z.object({
    sub,
    session,
    client,
    amr: z.array(z.enum(amrValues)),
    outcome: z.optional(z.enum(riskOutcomes)),
    reasons: z.optional(reasons),
  }),
  /** A first proof was right, and the risk let nobody in. At most one an hour for one person. */
  'sign_in.denied': z.object({ sub, client, reasons }),
  /** A first proof was right, and the tries of the second factor are spent. At most one for one asking. */
  'sign_in.stopped': z.object({ sub, client, reasons }),
  /**
   * A first proof was given and a second factor is asked for; there is no session yet. `step_up`: there is one, which is
   * to become stronger, and no code goes out before it is asked for.
   */
  'second_factor.asked': z.object({
    sub,
    client,
    factors: z.array(z.enum(secondFactors)),
    step_up: z.optional(z.boolean()),
  }),
  /** A code was asked for as the second factor, by mail or by text. */
  'second_factor.code_requested': z.object({ sub, client, factor: z.enum(secondFactors) }),
  /** A factor is being set up; it counts for nothing until it is proven (MFA3). */
  'factor.started': z.object({ sub, factor: z.enum(factorKinds) }),
  'factor.added': z.object({ sub, factor: z.enum(factorKinds) }),
  'factor.removed': z.object({ sub, factor: z.enum(factorKinds) }),
  /** Sign-in codes for the address go this way from now on. */
  'code_channel.changed': z.object({ sub, channel: z.enum(['mail', 'text']) }),
  /** A new set of recovery codes; the old one is dead. */
  'recovery_codes.made': person,
  'recovery_code.used': z.object({ sub, left: z.int() }),
  /** A stronger browser session took its place; the sessions of its clients live on. */
  'browser_session.replaced': z.object({ sub, session, by: session }),
  /** `client` got an access token for another API on behalf of the person, for one that was issued to `from` (RFC 8693). */
  'token.exchanged': z.object({ sub, session, client, from: client }),
  /** A client got a code, or a device its tokens, from a person who is signed in. */
  'client.authorized': z.object({ sub, session, client }),
  'session.ended': z.object({ sub, session, reason: z.enum(['signed_out', 'revoked']) }),
  /** A browser was signed out of Latchkey; the sessions of its clients end with it. */
  'browser_session.ended': z.object({ sub, session }),
  /** Every session but `kept`. */
  'sessions.ended': z.object({ sub, kept: z.optional(session) }),
  /** A refresh token was used again: the session is dead (RFC 9700 section 4.14.2). */
  'grant.reuse_detected': z.object({ sub, session, client }),
  'consent.granted': decision,
  'consent.withdrawn': decision,
  /** What a person allows a client, and no longer allows it. */
  'agreement.given': z.object({ sub, client }),
  'agreement.withdrawn': z.object({ sub, client }),
  /** A client registered itself, changed its registration, deleted it (RFC 7591, RFC 7592). */
  'client.registered': z.object({ client }),
  'client.updated': z.object({ client }),
  'client.deleted': z.object({ client }),
  'password.changed': person,
  'password.reset': person,
  /** Somebody who lost every second factor asked for a code; the address may have no account. */
  'factor_recovery.code_asked': started,
  /** The address was proven and the waiting time runs; nothing has changed. */
  'factor_recovery.started': person,
  'factor_recovery.reminded': person,
  'factor_recovery.stopped': person,
  /** Every second factor is gone, by a proof of the address after the waiting time. */
  'factors.recovered': person,
  'phone.started': person,
  'email_change.started': person,
  'email_change.cancelled': person,
  'email.changed': person,
  /** So many wrong tries or sign-ups come from one neighbourhood that whoever is unknown there shows a proof of work. */
  'attack.noticed': z.object({ scope: z.enum(alertScopes), level: z.int().check(z.minimum(1), z.maximum(6)) }),
  /** Mails or texts of this hour are used up: those to strangers wait (`strangers`), or all but notices (`all`). */
  'message_budget.spent': z.object({ channel: z.enum(['mail', 'text']), held: z.enum(['strangers', 'all']) }),
  /** `sub` where the address belongs to an account. */
  'address.bounced': z.object({ sub: z.optional(sub) }),
  'address.complained': z.object({ sub: z.optional(sub) }),
  /** `sub` where the number belongs to an account. */
  'phone.invalid': z.object({ sub: z.optional(sub) }),
} as const;

export type EventType = keyof typeof events;

/** What an event of the type says: ids and codes, no personal data. */
export type EventData<Type extends EventType> = z.infer<(typeof events)[Type]>;

/** Whether the catalogue has the type. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(events, type);
}

/** What stands on the bus as `detail`. Consumers recognise a repeated delivery by `id`. */
export interface PublishedEvent {
  readonly id: string;
  readonly type: EventType;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly brand: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Schema of the whole `detail` of one type: what `contract/events/` is written from. */
export function publishedEventSchema(type: EventType) {
  return z.object({
    id: z.string().check(z.regex(/^evt_[A-Za-z0-9_-]{22}$/)),
    type: z.literal(type),
    at: z.iso.datetime(),
    brand: z.string().check(z.regex(/^[a-z][a-z0-9]{1,15}$/)),
    data: events[type],
  });
}
