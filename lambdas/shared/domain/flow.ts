import type { Locale } from './brand.ts';
import type { EmailAddress } from './email-address.ts';
import type { FlowId, UserId } from './id.ts';
import type { PhoneNumber } from './phone-number.ts';

/** Where a journey is made: at a client's own screens by JSON, or at Latchkey's own pages. */
export type Front = 'client' | 'browser';

export type FlowPurpose =
  | 'registration'
  | 'login-code'
  | 'recovery'
  | 'email-change'
  | 'second-factor'
  | 'totp'
  | 'phone'
  | 'factor-recovery';

/**
 * A journey in progress: proof of an address is asked for and not yet given. It is written for known and unknown
 * addresses alike (DESIGN section 1, rule 2).
 */
export interface Flow {
  readonly id: FlowId;
  readonly purpose: FlowPurpose;
  /** Where it was begun: it goes on there and nowhere else, whoever knows its id and its code (LOG3, VC4). */
  readonly at: Front;
  readonly clientId: string;
  /** Keyed hash of the address, or of the number, that the code goes to. */
  readonly identHash: string;
  /** How the code travels, where not by mail. */
  readonly channel?: 'text';
  /** Who asked, where that is proven: a change of address, a second factor. */
  readonly userId?: UserId;
  readonly locale: Locale;
  /** `FlowSecrets`, sealed under the flow's own key. */
  readonly sealed: string;
  readonly codeNonce: string;
  /** Keyed hash of the browser that began it, where a link may be mailed for it. */
  readonly browser?: string;
  /** A browser that the owner of the address has signed in at asked for it: its messages have a budget of their own (RL7). */
  readonly remembered?: true;
  /** It was begun with a proof of work: wrong codes of it are misses with work. */
  readonly proven?: true;
  /** Codes sent after the first. */
  readonly resends: number;
  /** Milliseconds. */
  readonly startedAt: number;
  /** Epoch seconds: the code of now dies. */
  readonly expiresAt: number;
  /** Epoch seconds: the flow dies, whatever its codes. */
  readonly endsAt: number;
}

/** What a step says of the flow that it goes on with. */
export type FlowKind = Pick<Flow, 'purpose' | 'at'>;

/** What is asked of a flow; from `either` front it may be ended without effect, and no more. */
export type AskedKind = FlowKind | { readonly purpose: FlowPurpose; readonly at: 'either' };

/** The personal part of a flow. */
export interface FlowSecrets {
  readonly email: EmailAddress;
  readonly [detail: string]: unknown;
}

/** The personal part of a flow whose code travels by text. */
export interface TextedSecrets {
  readonly phone: PhoneNumber;
}

/** Where a flow was begun, as far as it is kept in it: a network by keyed hash, or the device of a pending sign-in. */
export interface NetworkSecrets {
  readonly network?: string;
  readonly device?: { readonly ip: string };
}

/** The key under which a flow's personal part is sealed, and its partition. */
export function flowItemKey(id: FlowId): string {
  return `FLOW#${id}`;
}
