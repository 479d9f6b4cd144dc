import { activityItemKey, deniedActivityId, type StoppedSignIn } from './activity.ts';
import type { Method } from './assurance.ts';
import { secondFactorPolicy } from './authentication-policy.ts';
import { type Beginning, type Entrance, newBeginning } from './beginning.ts';
import type { Brand, Locale } from './brand.ts';
import type { BrowserSession } from './browser-session.ts';
import { newFlow } from './code-flow.ts';
import { decideSignIn } from './decide-sign-in.ts';
import type { EmailAddress } from './email-address.ts';
import { type ItemEvent, newEvent } from './event.ts';
import type { FactorSummary, SecondFactor } from './factors.ts';
import type { Flow, FlowSecrets } from './flow.ts';
import type { Random, SessionId, UserId } from './id.ts';
import { Refusal } from './refusal.ts';
import type { Risk } from './risk.ts';
import type { SessionDevice } from './session.ts';
import { seconds } from './time.ts';

/** What the gate is made of. */
export interface Gate {
  readonly brand: Brand;
  readonly random: Random;
  /** Milliseconds. */
  readonly now: number;
  readonly lookup: (kind: 'email' | 'phone', value: string) => string;
  readonly sealEphemeral: (itemKey: string, value: unknown) => string;
}

/** A person who has proven who they are by `methods`, and what is known of the account and of the circumstances. */
export interface Proof {
  readonly userId: UserId;
  readonly email: EmailAddress;
  readonly methods: readonly Method[];
  readonly device: SessionDevice;
  readonly locale: Locale;
  readonly enrolled: FactorSummary | undefined;
  readonly risk: Risk;
  /** The browser is one that the owner has signed in at. */
  readonly remembered?: boolean;
  /** The browser session that a stronger one replaces (SES2). */
  readonly since?: BrowserSession;
  /** The live session that the browser has until now (SES2). */
  readonly former?: BrowserSession | undefined;
}

/** What a pending sign-in keeps, sealed, for the step that ends it. */
export interface PendingSecrets extends FlowSecrets {
  readonly methods: readonly Method[];
  /** The scope asked for at a client of the JSON journeys; absent at the pages. */
  readonly scope?: string;
  readonly device: SessionDevice;
  readonly factors: readonly SecondFactor[];
  /** As the first proof was weighed. */
  readonly risk: Risk;
  /** The browser session that a stronger one will replace. */
  readonly elevates?: SessionId;
}

/** Where a proof leads: into a session, to the second factor without one (MFA5), or nowhere. */
export type Entry =
  | { readonly to: 'session'; readonly beginning: Beginning }
  | { readonly to: 'nowhere'; readonly denied: StoppedSignIn }
  | {
      readonly to: 'second-factor';
      readonly pending: Flow;
      readonly factors: readonly SecondFactor[];
      readonly asked: ItemEvent;
    };

/** A sign-in that waits for one of these factors, or a session that is to become a stronger one. */
export function pendingSignIn(
  gate: Gate,
  entrance: Entrance,
  proof: Proof,
  factors: readonly SecondFactor[],
): Extract<Entry, { readonly to: 'second-factor' }> {
  const { brand, random, now } = gate;
  const { userId, email, methods, device, locale, risk, remembered = false, since } = proof;
  const secrets: PendingSecrets = {
    email,
    methods,
    device,
    factors,
    risk,
    ...(entrance.at === 'client' && { scope: entrance.scope }),
    ...(since && { elevates: since.id }),
  };
  const kind = { purpose: 'second-factor', at: entrance.at } as const;
  const start = { ...kind, clientId: entrance.client.id, locale, secrets, userId, remembered };
  const data = { sub: userId, client: entrance.client.id, factors: [...factors], ...(since && { step_up: true }) };
  const asked = newEvent('second_factor.asked', data, now, random);
  return { to: 'second-factor', pending: newFlow({ ...gate, lifetimes: brand.lifetimes }, start), factors, asked };
}

function deniedSignIn({ random, now, sealEphemeral }: Gate, { client }: Entrance, proof: Proof): Entry {
  const { userId, device, risk } = proof;
  const id = deniedActivityId(now);
  const event = newEvent('sign_in.denied', { sub: userId, client: client.id, reasons: [...risk.reasons] }, now, random);
  const sealed = sealEphemeral(activityItemKey(userId, id), device);
  const told = { userId, id, at: now, outcome: 'denied', reasons: risk.reasons, clientId: client.id, sealed } as const;
  return { to: 'nowhere', denied: { activity: told, event } };
}

/**
 * The one gate: whatever was proven, on whatever route, a session begins here or nowhere (LOG2).
 * @throws Refusal `enrolment_required` where a client of the JSON journeys wants a second factor and the account has
 * none (at the pages, authorization leads to the enrolment)
 */
export function letIn(gate: Gate, entrance: Entrance, proof: Proof): Entry {
  const { brand } = gate;
  const { enrolled, methods, risk } = proof;
  const decision = decideSignIn({ policy: secondFactorPolicy(brand, entrance.client), enrolled, methods, risk });
  if (decision.next === 'deny') return deniedSignIn(gate, entrance, proof);
  if (decision.next === 'second-factor') return pendingSignIn(gate, entrance, proof, decision.factors);
  if (decision.next === 'enrol' && entrance.at === 'client') throw new Refusal('enrolment_required');
  return { to: 'session', beginning: newBeginning({ ...gate, lifetimes: brand.lifetimes }, entrance, proof) };
}

/**
 * The session that a proof has begun, for a client of the JSON journeys.
 * @throws Refusal `second_factor_required`, with what the client needs to go on; `sign_in_refused` where the risk denies
 */
export function sessionOrRefusal(entry: Entry, now: number): Beginning {
  if (entry.to === 'session') return entry.beginning;
  if (entry.to === 'nowhere') throw new Refusal('sign_in_refused');
  const { pending, factors } = entry;
  const members = { flow: pending.id, factors, expires_in: pending.expiresAt - seconds(now) };
  throw new Refusal('second_factor_required', { members });
}
