import type { Asker } from '../domain/asker.ts';
import type { FactorKind } from '../domain/authentication-policy.ts';
import type { Locale } from '../domain/brand.ts';
import type { DeviceParts } from '../domain/describe-device.ts';
import type { Place } from '../domain/place.ts';

/** A mail with a code to type in. `minutes` is how long it is valid. */
export interface CodeMail {
  readonly kind: 'verify' | 'sign-in-code' | 'recovery' | 'factor-recovery' | 'email-change-new';
  /** Six digits. */
  readonly code: string;
  readonly minutes: number;
  /** Does what the code does, in the browser that asked for it; leads to a page with a button (VC7). */
  readonly linkUrl?: string;
}

/** A mail that says no more than its kind does. */
interface PlainMail {
  readonly kind: 'already-registered' | 'recovery-unknown';
}

/** A notice to the owner of an account, who may be greeted by the name that they chose themselves. */
interface Notice {
  /** When it happened. */
  readonly at: Date;
  readonly name?: string;
}

interface PasswordNotice extends Notice {
  readonly kind: 'password-changed';
}

interface AddressNotice extends Notice {
  readonly kind: 'email-changed';
  /** The new address, masked. */
  readonly address: string;
}

interface FactorNotice extends Notice {
  readonly kind: 'factor-added' | 'factor-removed';
  readonly factor: FactorKind;
}

/** Where sign-in codes go from now on. */
export interface CodeChannelNotice extends Notice {
  readonly kind: 'code-channel-changed';
  readonly channel: 'mail' | 'text';
}

interface RecoveryCodesNotice extends Notice {
  readonly kind: 'recovery-codes-made';
}

interface RecoveryCodeNotice extends Notice {
  readonly kind: 'recovery-code-used';
  /** Codes that are left. */
  readonly left: number;
}

interface AddressWarning extends Notice {
  readonly kind: 'email-change-old';
  readonly address: string;
  /** Leads to a page with a button; opening it changes nothing (VC7). */
  readonly cancelUrl: string;
}

/** A sign-in that its owner may know nothing of (LOG5). */
export interface SignInMail extends Notice {
  readonly kind: 'new-sign-in' | 'sign-in-stopped';
  readonly device: DeviceParts;
  readonly place: Place;
  /** Leads to a page with a button; opening it changes nothing (VC7). */
  readonly notMeUrl: string;
}

interface FactorRecoveryWarning extends Notice {
  readonly kind: 'factor-recovery-waiting';
  /** Leads to a page with a button; opening it changes nothing (VC7). `at` is when the waiting time ends. */
  readonly cancelUrl: string;
}

interface FactorRecoveryNotice extends Notice {
  readonly kind: 'factor-recovery-stopped' | 'factors-recovered';
}

/** What a mail is about: everything that its words depend on beside brand and language. */
export type Mail =
  | CodeMail
  | PlainMail
  | PasswordNotice
  | AddressNotice
  | AddressWarning
  | FactorRecoveryWarning
  | FactorRecoveryNotice
  | SignInMail
  | FactorNotice
  | CodeChannelNotice
  | RecoveryCodesNotice
  | RecoveryCodeNotice;

export type MailKind = Mail['kind'];

/** A mail and where it goes. */
export interface AddressedMail {
  readonly mail: Mail;
  readonly to: string;
  /** Keyed hash of `to`. */
  readonly identHash: string;
  /** Who asked for it, where not anybody. */
  readonly asker?: Asker;
  readonly locale: Locale;
}

/** A mail ready to be sent. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
