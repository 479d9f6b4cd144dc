import * as z from 'zod/mini';
import { maxCredentialId } from '../domain/passkey.ts';
import { Refusal } from '../domain/refusal.ts';

/** What browsers send of passkeys, as `PublicKeyCredential.toJSON()` makes it; members that nobody needs are left out. */

const base64url = (maxBytes: number) =>
  z.string().check(z.minLength(1), z.maxLength(Math.ceil((maxBytes * 4) / 3)), z.regex(/^[A-Za-z0-9_-]+$/));

const credentialId = base64url(maxCredentialId);
const clientData = base64url(4096);
const type = z.literal('public-key');
/** One of `usb nfc ble hybrid internal smart-card`, or whatever comes next (WebAuthn Level 3, section 5.8.4). */
const transport = z.string().check(z.regex(/^[a-z-]{1,16}$/));

/** A use of a passkey (AuthenticationResponseJSON). */
export const assertion = z.object({
  id: credentialId,
  rawId: credentialId,
  type,
  response: z.object({
    clientDataJSON: clientData,
    authenticatorData: base64url(2048),
    signature: base64url(1024),
    userHandle: z.optional(z.nullable(base64url(64))),
  }),
});

/** A new passkey (RegistrationResponseJSON). */
export const attestation = z.object({
  id: credentialId,
  rawId: credentialId,
  type,
  response: z.object({
    clientDataJSON: clientData,
    attestationObject: base64url(16_384),
    transports: z.optional(z.array(transport).check(z.maxLength(8))),
  }),
});

const descriptor = z.object({ type, id: z.string(), transports: z.array(z.string()) });
const wish = z.enum(['preferred', 'required']);

/** What a browser needs to use a passkey (PublicKeyCredentialRequestOptionsJSON). */
export const requestOptions = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.int(),
  userVerification: wish,
  allowCredentials: z.array(descriptor),
});

/** What a browser needs to make a passkey (PublicKeyCredentialCreationOptionsJSON). */
export const creationOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type, alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({ residentKey: wish, requireResidentKey: z.boolean(), userVerification: wish }),
  attestation: z.enum(['none', 'direct']),
});

/** The field `credential` of a page, which its script fills in. @throws Refusal `passkey_invalid` */
export function credentialEntry<S extends z.ZodMiniType>(schema: S, text: string | undefined): z.output<S> {
  try {
    return schema.parse(JSON.parse(text ?? '')) as z.output<S>;
  } catch (cause) {
    throw new Refusal('passkey_invalid', { cause });
  }
}
