import * as z from 'zod/mini';
import { type EmailAddress, normaliseEmail } from '../domain/email-address.ts';
import { type FlowId, isFlowId } from '../domain/id.ts';
import { Refusal } from '../domain/refusal.ts';
import { iso } from '../domain/time.ts';

/** Fields that more than one request has; the strictest reading of each. */

const shortText = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

export const clientId = shortText(100);

/** Normalised on the way in (REG7); anything but one plain address is refused (REG10). */
export const email = z.pipe(
  z.string().check(z.maxLength(1024)),
  z.transform((raw, context): EmailAddress => {
    const address = normaliseEmail(raw);
    if (address) return address;
    context.issues.push({ code: 'custom', input: raw });
    return z.NEVER;
  }),
);

/** As people write it; what it means is judged by the brand's countries. */
export const phone = shortText(32);

/** Any characters; length is the policy's business (REG2), this bound is against rubbish (RL8). */
export const password = shortText(4096);

/** Six digits; spaces that a person copied along are dropped. */
export const code = z.pipe(
  z.string().check(z.maxLength(16), z.regex(/^\s*\d{3}\s?\d{3}\s*$/)),
  z.transform((raw) => raw.replace(/\s/g, '')),
);

/** A saved recovery code, however it was copied; whether it can be one is judged with the try that it costs. */
export const recoveryCode = shortText(64);

/** RFC 5646 language tag. */
export const localeTag = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/));

/** A field that no person sees: whatever stands in it. */
export const trap = z.string().check(z.maxLength(1024));

/** A solved ALTCHA challenge: base64 of JSON. */
export const workProof = z.string().check(z.maxLength(4096), z.regex(/^[A-Za-z0-9+/_=-]+$/));

export const scope = z
  .string()
  .check(z.maxLength(1000), z.regex(/^[\x21\x23-\x5b\x5d-\x7e]*( [\x21\x23-\x5b\x5d-\x7e]+)*$/));

/** Names are text without control characters, so that no mail header or log line can be broken (REG10, LG2). */
const personName = z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u));
const birthdate = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true }),
  // 30 February parses as 2 March.
  z.refine((text) => !Number.isNaN(Date.parse(text)) && iso(Date.parse(text)).startsWith(text)),
);
const timeZone = z.string().check(z.maxLength(64), z.regex(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/));

/** Lines of text; the breaks between them are all that it has beside letters (OIDC Core section 5.1.1). */
const lines = (max: number) =>
  z
    .string()
    .check(z.minLength(1), z.maxLength(max), z.regex(/^(?!\n)[^\p{Cc}\p{Zl}\p{Zp}]*(\n[^\p{Cc}\p{Zl}\p{Zp}]+)*$/u));

/** A postal address (OIDC Core section 5.1.1): one part at least, and replaced as a whole. */
export const address = z
  .partial(
    z.strictObject({
      formatted: lines(500),
      street_address: lines(300),
      locality: personName,
      region: personName,
      postal_code: z.string().check(z.minLength(1), z.maxLength(20), z.regex(/^[\p{L}\p{N} -]+$/u)),
      country: personName,
    }),
  )
  .check(z.refine((given) => Object.keys(given).length > 0));

/** OIDC Core section 5.1, the part that a person says of himself. */
export const profileFields = {
  name: personName,
  given_name: personName,
  family_name: personName,
  nickname: personName,
  birthdate,
  zoneinfo: timeZone,
  address,
};
export const profile = z.partial(z.strictObject(profileFields));

export const consents = z
  .array(z.strictObject({ purpose: shortText(64), granted: z.boolean(), version: z.optional(shortText(64)) }))
  .check(z.maxLength(32));

/** The flow of a path. @throws Refusal `flow_expired`: an id of no flow and one of a flow that is over look alike */
export function flowOf(path: Readonly<Record<string, string>>): FlowId {
  const { flow = '' } = path;
  if (!isFlowId(flow)) throw new Refusal('flow_expired');
  return flow;
}

/** What every flow start answers. */
export const flowStarted = z.object({ flow: z.string(), next: z.literal('verify'), expires_in: z.int() });

/** RFC 6749 section 5.1 with OIDC Core section 3.1.3.3. */
export const tokenResponseFields = {
  access_token: z.string(),
  token_type: z.enum(['Bearer', 'DPoP']),
  expires_in: z.int(),
  refresh_token: z.optional(z.string()),
  id_token: z.optional(z.string()),
  scope: z.string(),
};
export const tokenResponse = z.object(tokenResponseFields);
