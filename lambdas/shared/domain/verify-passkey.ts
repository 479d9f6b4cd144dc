import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { PasskeyPolicy } from './authentication-policy.ts';
import { credentialHash, maxCredentialId, type Passkey, passkeyAlgorithms, type RelyingParty } from './passkey.ts';
import { check, Refusal } from './refusal.ts';

/** A new passkey as its browser sends it, within the bounds of the contract. */
export interface Attestation {
  readonly id: string;
  readonly rawId: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports?: readonly string[] | undefined;
  };
}

/** A use of a passkey as its browser sends it. */
export interface Assertion {
  readonly id: string;
  readonly rawId: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string | null | undefined;
  };
}

/** What a verified response of a known passkey tells. */
export interface PasskeyUse {
  /** The authenticator verified its user: by biometrics or a PIN. */
  readonly userVerified: boolean;
  readonly counter: number;
  readonly backedUp: boolean;
  /** The counter did not grow though one of both counts (PK8). */
  readonly suspect: boolean;
}

/**
 * Our pages are never framed (`frame-ancestors 'none'`), nor are those of related origins: what was made in a frame of
 * somebody else's page is refused, which the library would let pass where the browser names no `topOrigin` (PK2).
 */
function refuseFramed(clientDataJSON: string): void {
  const said = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as Readonly<
    Record<string, unknown>
  >;
  check(said.crossOrigin !== true && said.topOrigin === undefined, 'passkey_invalid');
}

/** Whatever a library or a parser throws at a response is our "no": nothing of it is a fault of ours (PK6). */
async function judged<T>(judge: () => Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('passkey_invalid', { cause: error });
  }
}

/** What an enrolment is held to. */
export interface EnrolmentTerms extends Pick<PasskeyPolicy, 'attestation'> {
  readonly challenge: string;
  /** The passkey is to be enough by itself. */
  readonly userVerification: 'required' | 'preferred';
}

/**
 * Verifies a new passkey (WebAuthn Level 3, section 7.1): type, challenge, origin, relying party, presence, verification,
 * algorithm, backup flags, attestation as the brand's policy wants it.
 * @throws Refusal `passkey_invalid`
 */
export async function verifyAttestation(
  rp: RelyingParty,
  { id, rawId, response }: Attestation,
  { challenge, attestation, userVerification }: EnrolmentTerms,
  now: number,
): Promise<Passkey> {
  // The library is large, and wanted by this alone.
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  return judged(async () => {
    check(Buffer.from(id, 'base64url').length <= maxCredentialId, 'passkey_invalid');
    refuseFramed(response.clientDataJSON);
    const { transports = [], ...rest } = response;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId,
        type: 'public-key',
        clientExtensionResults: {},
        response: rest,
      } as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: [...rp.origins],
      expectedRPID: rp.id,
      requireUserVerification: userVerification === 'required',
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    });
    check(verified === true && registrationInfo !== undefined, 'passkey_invalid');
    const { credential, fmt, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo;
    // PK7: "none" tells nothing about the authenticator.
    check(attestation === 'none' || fmt !== 'none', 'passkey_invalid');
    // The id outside is what the person's browser says, the one inside is what the authenticator made.
    check(credential.id === id, 'passkey_invalid');
    return {
      hash: credentialHash(id),
      credentialId: id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      synced: credentialDeviceType === 'multiDevice',
      backedUp: credentialBackedUp,
      aaguid,
      transports,
      addedAt: now,
    };
  });
}

/** What a use of a passkey is held to. */
export interface UseTerms extends Pick<PasskeyPolicy, 'signCount'> {
  readonly challenge: string;
  readonly userVerification: 'required' | 'preferred';
}

/**
 * Verifies a use of a known passkey (WebAuthn Level 3, section 7.2). That the passkey is the person's own is the caller's:
 * it was found under that person's id.
 * @throws Refusal `passkey_invalid`
 */
export async function verifyAssertion(
  rp: RelyingParty,
  { id, rawId, response }: Assertion,
  passkey: Passkey,
  { challenge, signCount, userVerification }: UseTerms,
): Promise<PasskeyUse> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  return judged(async () => {
    check(id === passkey.credentialId, 'passkey_invalid');
    refuseFramed(response.clientDataJSON);
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { id, rawId, type: 'public-key', clientExtensionResults: {}, response } as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: [...rp.origins],
      expectedRPID: rp.id,
      requireUserVerification: userVerification === 'required',
      // The library refuses a counter that did not grow; here that is the brand's policy, judged below.
      credential: { id, publicKey: Buffer.from(passkey.publicKey, 'base64url'), counter: 0 },
    });
    check(verified === true, 'passkey_invalid');
    const { newCounter: counter, userVerified, credentialDeviceType, credentialBackedUp } = authenticationInfo;
    check((credentialDeviceType === 'multiDevice') === passkey.synced, 'passkey_invalid');
    const suspect = (counter > 0 || passkey.counter > 0) && counter <= passkey.counter;
    check(!suspect || signCount === 'flag', 'passkey_invalid');
    return { userVerified, counter, backedUp: credentialBackedUp, suspect };
  });
}
