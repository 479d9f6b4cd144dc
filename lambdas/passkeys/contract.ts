import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';
import * as passkeys from '../shared/http/passkey-fields.ts';

const view = z.object({
  passkeys: z.array(
    z.object({
      id: z.string(),
      name: z.optional(z.string()),
      provider: z.optional(z.string()),
      synced: z.boolean(),
      added_at: z.string(),
      last_used_at: z.optional(z.string()),
      suspect: z.optional(z.literal(true)),
    }),
  ),
  /** For `PublicKeyCredential.signalAllAcceptedCredentials()`. */
  accepted: z.object({ rpId: z.string(), userId: z.string(), allAcceptedCredentialIds: z.array(z.string()) }),
});

const reading = ['token_invalid', 'token_missing', 'client_not_allowed', 'not_found'] as const;
const changing = [...reading, 'recent_authentication_required'] as const;

export const contract = {
  'GET /v1/account/authenticators/passkeys': {
    summary: 'Passkeys of the person, and what their browser may be told of them.',
    reply: { status: 200, schema: view },
    problems: reading,
  },
  'POST /v1/account/authenticators/passkeys/options': {
    summary: 'Options for `navigator.credentials.create()`, on a recent sign-in at the level of the account.',
    reply: { status: 200, schema: passkeys.creationOptions },
    problems: [...changing, 'passkey_limit'],
  },
  'POST /v1/account/authenticators/passkeys': {
    summary: 'Add the passkey that the browser has made. The person is told by mail.',
    body: z.strictObject({
      credential: passkeys.attestation,
      name: z.optional(fields.profileFields.name),
      sign_out_others: z.optional(z.boolean()),
    }),
    reply: { status: 201, schema: view },
    problems: [...changing, 'passkey_invalid', 'passkey_taken', 'passkey_limit', 'conflict_retry'],
  },
  'PATCH /v1/account/authenticators/passkeys/{passkey}': {
    summary: 'Name a passkey.',
    body: z.strictObject({ name: z.nullable(fields.profileFields.name) }),
    reply: { status: 200, schema: view },
    problems: [...reading, 'factor_unknown'],
  },
  'DELETE /v1/account/authenticators/passkeys/{passkey}': {
    summary: 'Remove a passkey, unless the account could not be entered without it.',
    query: z.object({ sign_out_others: z.optional(z.enum(['true', 'false'])) }),
    reply: { status: 200, schema: view },
    problems: [...changing, 'factor_unknown', 'factor_needed', 'conflict_retry'],
  },
  'GET /account/security/passkeys': pageShown('Page: the person’s passkeys.'),
  'GET /account/security/passkeys/add': pageShown('Page: a new passkey.'),
  'POST /account/security/passkeys/add': pageForm('Adds the passkey that the page’s script has asked for.', [
    'credential',
    'name',
    'others',
  ]),
  'POST /account/security/passkeys/name': pageForm('Names a passkey.', ['passkey', 'name']),
  'GET /account/security/passkeys/remove': pageShown('Page: whether a passkey is to be removed.'),
  'POST /account/security/passkeys/remove': pageForm('Removes a passkey.', ['passkey', 'others']),
} as const satisfies Contract;
