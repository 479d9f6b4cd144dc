import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';
import * as passkeys from '../shared/http/passkey-fields.ts';

export const contract = {
  'POST /v1/login/passkey/options': {
    summary: 'Options for `navigator.credentials.get()`: the same for everybody, whoever has an account.',
    body: z.strictObject({ client_id: fields.clientId }),
    reply: { status: 200, schema: passkeys.requestOptions },
    problems: ['client_unknown', 'client_not_allowed', 'not_found'],
  },
  'POST /v1/login/passkey': {
    summary: 'Sign in with a passkey. `passkey_unknown`: tell the browser so by `signalUnknownCredential()`.',
    body: z.strictObject({
      client_id: fields.clientId,
      credential: passkeys.assertion,
      scope: z.optional(fields.scope),
    }),
    reply: { status: 200, schema: fields.tokenResponse },
    problems: [
      'client_unknown',
      'client_not_allowed',
      'scope_not_allowed',
      'not_found',
      'passkey_invalid',
      'passkey_unknown',
      'sign_in_refused',
      'second_factor_required',
      'enrolment_required',
    ],
  },
  'GET /sign-in/passkey': pageShown('Page: sign in with a passkey.'),
  'POST /sign-in/passkey': pageForm('Signs the browser in with a passkey, which the page’s script asks for.', [
    'credential',
  ]),
  'GET /.well-known/webauthn': {
    summary: 'Origins of the brand whose pages may use its passkeys (WebAuthn Level 3, related origin requests).',
    reply: { status: 200, schema: z.object({ origins: z.array(z.string()) }) },
  },
  'GET /.well-known/passkey-endpoints': {
    summary: 'Where a person adds and manages passkeys (W3C "A Well-Known URL for Relying Party Passkey Endpoints").',
    reply: { status: 200, schema: z.object({ enroll: z.string(), manage: z.string() }) },
  },
} as const satisfies Contract;
