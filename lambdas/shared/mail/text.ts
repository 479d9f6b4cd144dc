import type { Asker } from '../domain/asker.ts';
import type { Locale } from '../domain/brand.ts';
import type { PhoneNumber } from '../domain/phone-number.ts';

/** A text with a code to type in. */
export interface CodeText {
  readonly kind: 'text-code' | 'text-verify';
  /** Six digits. */
  readonly code: string;
}

/** The notice that an account is being recovered without its second factors. */
export interface RecoveryText {
  readonly kind: 'text-recovery';
  /** Leads to a page with a button; opening it changes nothing (VC7). */
  readonly cancelUrl: string;
}

/** What a text is about: everything that its words depend on beside brand and language. */
export type Text = CodeText | RecoveryText;

/** A text and where it goes. */
export interface AddressedText {
  readonly text: Text;
  readonly to: PhoneNumber;
  /** Keyed hash of `to`. */
  readonly identHash: string;
  /** Who asked for it, where not anybody. */
  readonly asker?: Asker;
  /** Keyed hash of the range that it is out of. */
  readonly rangeHash: string;
  /** Keyed hash of the network that asked, where the request has not counted it for a text. */
  readonly networkHash?: string;
  readonly locale: Locale;
}
