import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

/** A factor as its owner sees it; whoever adds a kind adds its shape. */
const authenticator = z.object({
  id: z.string(),
  /** Where it is removed, by DELETE. */
  href: z.string(),
  type: z.enum(['totp', 'passkey', 'sms']),
  added_at: z.string(),
});

const view = z.object({ authenticators: z.array(authenticator), recovery_codes: z.int() });

/** What a change of factors may be refused for. */
const changeProblems = [
  'token_invalid',
  'token_missing',
  'client_not_allowed',
  'recent_authentication_required',
] as const;

export const contract = {
  'GET /v1/account/authenticators': {
    summary: 'Second factors that the person has set up; `href` is where each is removed, by DELETE.',
    reply: { status: 200, schema: view },
    problems: ['token_invalid', 'token_missing', 'client_not_allowed'],
  },
  'POST /v1/account/authenticators/totp': {
    summary: 'Set up an authenticator app: its secret, which counts for nothing until a code of it is right.',
    reply: {
      status: 201,
      schema: z.object({
        flow: z.string(),
        secret: z.string(),
        uri: z.string(),
        /** The address as a QR code, in SVG. */
        qr: z.string(),
        expires_in: z.int(),
      }),
    },
    problems: [...changeProblems, 'factor_unknown'],
  },
  'POST /v1/account/authenticators/totp/{flow}': {
    summary: 'Confirm an authenticator app by its first code.',
    body: z.strictObject({ code: fields.code, sign_out_others: z.optional(z.boolean()) }),
    reply: { status: 200, schema: view },
    problems: [...changeProblems, 'code_invalid', 'code_spent', 'flow_expired'],
  },
  'POST /v1/account/authenticators/recovery-codes': {
    summary: 'Make a new set of recovery codes, shown this once; the old set is dead.',
    reply: { status: 201, schema: z.object({ codes: z.array(z.string()) }) },
    problems: [...changeProblems, 'factor_unknown', 'conflict_retry'],
  },
  'DELETE /v1/account/authenticators/{authenticator}': {
    summary:
      'Remove the authenticator app, unless it is the last factor that is needed. Other kinds are removed at the `href` that the list tells.',
    query: z.object({ sign_out_others: z.optional(z.enum(['true', 'false'])) }),
    reply: { status: 204 },
    problems: [...changeProblems, 'factor_unknown', 'factor_needed', 'conflict_retry'],
  },
  'GET /account/security': pageShown('Page: second factors and recovery codes.'),
  'GET /account/security/totp': pageShown('Page: the secret of a new authenticator app, and its first code.'),
  'POST /account/security/totp/start': pageForm('Begins to set up an authenticator app.', []),
  'POST /account/security/totp': pageForm('Confirms an authenticator app by its first code.', ['code', 'others']),
  'GET /account/security/recovery-codes': pageShown('Page: how many recovery codes are left.'),
  'POST /account/security/recovery-codes': {
    ...pageForm('Makes a new set of recovery codes and shows it.', []),
    reply: { status: 200, type: 'text/html' },
  },
  'GET /account/security/remove': pageShown('Page: whether a factor is to be removed.'),
  'POST /account/security/remove': pageForm('Removes a factor.', ['authenticator', 'others']),
} as const satisfies Contract;
