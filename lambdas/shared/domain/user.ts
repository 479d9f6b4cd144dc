import type { Locale } from './brand.ts';
import type { EmailAddress } from './email-address.ts';
import type { UserId } from './id.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { SessionOwner } from './session.ts';

/** A postal address, in the parts of OIDC Core section 5.1.1. */
export interface Address {
  /** As it stands on an envelope, with line breaks. */
  readonly formatted?: string | undefined;
  /** House and street, with line breaks where it takes more than one line. */
  readonly street_address?: string | undefined;
  /** City. */
  readonly locality?: string | undefined;
  /** State, province, prefecture. */
  readonly region?: string | undefined;
  readonly postal_code?: string | undefined;
  readonly country?: string | undefined;
}

/** Standard claims that a person may set (OIDC Core section 5.1). */
export interface Profile {
  readonly name?: string | undefined;
  readonly given_name?: string | undefined;
  readonly family_name?: string | undefined;
  readonly nickname?: string | undefined;
  /** ISO 8601 date, `YYYY-MM-DD`. */
  readonly birthdate?: string | undefined;
  /** IANA time zone. */
  readonly zoneinfo?: string | undefined;
  readonly address?: Address | undefined;
}

export interface User extends SessionOwner {
  readonly id: UserId;
  /** Keyed hash of the address that is the login and recovery address. */
  readonly identHash: string;
  /** `PersonalData`, sealed under the person's key. */
  readonly sealed: string;
  readonly locale: Locale;
  /** How the person wants their sign-in codes, where not by mail: to the number that they proved. */
  readonly codeChannel?: 'text';
  /** Milliseconds: browsers that were remembered before count as new, since the owner disowned a sign-in. */
  readonly devicesValidFrom?: number;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Counts changes; a change names the version it saw. */
  readonly version: number;
}

/** A number that a code to it has proven. */
export interface ProvenPhone {
  readonly number: PhoneNumber;
  /** Milliseconds. */
  readonly verifiedAt: number;
}

/** What is known about a person; its address is proven, always (DESIGN section 1, rule 3). */
export interface PersonalData {
  readonly email: EmailAddress;
  /** Proven by a code, or not here. */
  readonly phone?: ProvenPhone;
  readonly profile: Profile;
}

/** The context that personal data is sealed for. */
export function userItemKey(id: UserId): string {
  return `USER#${id}`;
}
