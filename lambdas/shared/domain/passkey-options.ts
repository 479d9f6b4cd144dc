import type { Method } from './assurance.ts';
import type { PasskeyPolicy } from './authentication-policy.ts';
import type { EmailAddress } from './email-address.ts';
import type { UserId } from './id.ts';
import { type Passkey, passkeyAlgorithms, type RelyingParty, userHandle } from './passkey.ts';
import { challengeLifetime } from './passkey-challenge.ts';

/** A credential as options name it. */
export interface CredentialDescriptor {
  readonly type: 'public-key';
  readonly id: string;
  readonly transports: readonly string[];
}

/** What a browser needs to make a passkey (WebAuthn Level 3, PublicKeyCredentialCreationOptionsJSON). */
export interface CreationOptions {
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[];
  readonly timeout: number;
  readonly excludeCredentials: readonly CredentialDescriptor[];
  readonly authenticatorSelection: {
    readonly residentKey: 'preferred' | 'required';
    readonly requireResidentKey: boolean;
    readonly userVerification: 'preferred' | 'required';
  };
  readonly attestation: 'none' | 'direct';
}

/** What a browser needs to use a passkey (PublicKeyCredentialRequestOptionsJSON). */
export interface RequestOptions {
  readonly rpId: string;
  readonly challenge: string;
  readonly timeout: number;
  readonly userVerification: 'preferred' | 'required';
  readonly allowCredentials: readonly CredentialDescriptor[];
}

const timeout = challengeLifetime * 1000;

const describe = ({ credentialId: id, transports }: Passkey): CredentialDescriptor => ({
  type: 'public-key',
  id,
  transports,
});

/** Who gets a passkey. */
export interface PasskeyOwner {
  readonly id: UserId;
  readonly email: EmailAddress;
  readonly name: string | undefined;
  /** What is enrolled already: no authenticator holds two. */
  readonly passkeys: readonly Passkey[];
  /** There is nothing else to sign in with: the passkey must be found without a name, and verify its user. */
  readonly alone: boolean;
}

/** Options of an enrolment. */
export function creationOptions(
  { id, name }: RelyingParty,
  { attestation }: PasskeyPolicy,
  owner: PasskeyOwner,
  challenge: string,
): CreationOptions {
  const wish = owner.alone ? 'required' : 'preferred';
  return {
    rp: { id, name },
    user: { id: userHandle(owner.id), name: owner.email, displayName: owner.name ?? owner.email },
    challenge,
    pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout,
    excludeCredentials: owner.passkeys.map(describe),
    authenticatorSelection: {
      residentKey: wish,
      requireResidentKey: owner.alone,
      userVerification: wish,
    },
    attestation,
  };
}

/** Options of a sign-in without a name: the same for everybody, whoever has an account (PK9). */
export function discoverableOptions({ id }: RelyingParty, challenge: string): RequestOptions {
  return { rpId: id, challenge, timeout, userVerification: 'required', allowCredentials: [] };
}

/**
 * Whether a passkey has to verify its user. Beside a password its presence is the second factor; beside mail, which is
 * none, it has to be both (MFA8).
 */
export function verificationBeside(proven: readonly Method[]): RequestOptions['userVerification'] {
  return proven.includes('password') ? 'preferred' : 'required';
}

/** Options of a second factor: one of the passkeys of a person who has shown these proofs. */
export function secondFactorOptions(
  { id }: RelyingParty,
  challenge: string,
  passkeys: readonly Passkey[],
  proven: readonly Method[],
): RequestOptions {
  return {
    rpId: id,
    challenge,
    timeout,
    userVerification: verificationBeside(proven),
    allowCredentials: passkeys.map(describe),
  };
}
