import { createHash } from 'node:crypto';
import type { Brand } from './brand.ts';
import { isUserId, type UserId } from './id.ts';

/** The algorithms that a passkey may sign with (COSE): ES256, RS256, EdDSA. */
export const passkeyAlgorithms: readonly number[] = [-7, -257, -8];

/** A credential id is longer in no authenticator (WebAuthn Level 3, section 7.1). */
export const maxCredentialId = 1023;

/** A passkey as it was enrolled. The private part never leaves the authenticator. */
export interface Passkey {
  /** SHA-256 of the credential id, base64url: by it the passkey is filed. */
  readonly hash: string;
  /** base64url, as is the COSE key. */
  readonly credentialId: string;
  readonly publicKey: string;
  /** Signatures so far, as its authenticator counts them; 0 where it does not. */
  readonly counter: number;
  /** Backup eligible: it may be copied to the person's other devices. It never changes (PK3). */
  readonly synced: boolean;
  /** Backup state: it is copied now. */
  readonly backedUp: boolean;
  /** The make of the authenticator; zeros where that is not told. */
  readonly aaguid: string;
  readonly transports: readonly string[];
  /** The name that the person gave it, sealed under the person's key. */
  readonly sealedName?: string;
  /** Milliseconds, as are the following. */
  readonly addedAt: number;
  readonly lastUsedAt?: number;
  /** Its counter did not grow: there may be a copy that should not exist (PK8). */
  readonly suspectedAt?: number;
}

/** What a use of a passkey changes of it. */
export type PasskeyChange = Pick<Passkey, 'counter' | 'backedUp' | 'lastUsedAt' | 'suspectedAt'>;

/** Under which name and from which pages passkeys work: configuration, never what a request says. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  /** Exact origins: the issuer's own, then those that the brand names. */
  readonly origins: readonly string[];
}

/** The relying party of a brand at its issuer. */
export function relyingParty({ name, authentication }: Brand, issuer: string): RelyingParty {
  return { id: new URL(issuer).hostname, name, origins: [issuer, ...authentication.passkeys.relatedOrigins] };
}

/** Whether the brand has passkeys at all. */
export function offersPasskeys({ authentication }: Brand): boolean {
  return authentication.factors.includes('passkey');
}

/** Whether the brand has accounts with a passkey and no password. */
export function mayGoWithoutPassword(brand: Brand): boolean {
  return offersPasskeys(brand) && brand.authentication.passkeys.passwordless;
}

/** By what a credential is found. */
export function credentialHash(credentialId: string): string {
  return createHash('sha256').update(Buffer.from(credentialId, 'base64url')).digest('base64url');
}

/** The user handle of a person: the bytes of the id, which tells nothing (WebAuthn Level 3, section 14.6.1). */
export function userHandle(user: UserId): string {
  return Buffer.from(user).toString('base64url');
}

/** Whose handle it is; `undefined` for what is none of ours. */
export function userOfHandle(handle: string | null | undefined): UserId | undefined {
  const text = Buffer.from(handle ?? '', 'base64url').toString('latin1');
  return isUserId(text) ? text : undefined;
}
