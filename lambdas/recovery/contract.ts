import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

export const contract = {
  'POST /v1/recoveries': {
    summary: 'Ask for a recovery code by mail. The reply is the same for known and unknown addresses.',
    body: z.strictObject({
      client_id: fields.clientId,
      email: fields.email,
      locale: z.optional(fields.localeTag),
      proof: z.optional(fields.workProof),
    }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['client_unknown', 'client_not_allowed', 'challenge_required'],
  },
  'POST /v1/recoveries/{flow}/password': {
    summary: 'Set a new password with the mailed code. Every session ends; nobody is signed in.',
    body: z.strictObject({ code: fields.code, password: fields.password }),
    reply: { status: 204 },
    problems: [
      'password_too_short',
      'password_too_long',
      'password_common',
      'password_is_identifier',
      'password_is_brand_word',
      'code_invalid',
      'code_spent',
      'flow_expired',
    ],
  },
  'GET /recover': pageShown('Page: whose password is forgotten.'),
  'POST /recover': pageForm('Mails a recovery code, if somebody has the address.', ['username']),
  'POST /recover/resend': pageForm('Mails another recovery code.', []),
  'GET /recover/not-me': pageShown('Page: the link in the notice of a sign-in; opening it changes nothing.'),
  'POST /recover/not-me': pageForm('Ends every session, makes the password useless and mails a recovery code.', [
    'user',
    'session',
    'at',
    'token',
  ]),
  'GET /recover/password': pageShown('Page: the mailed code and a new password.'),
  'POST /recover/password': pageForm('Sets the new password. Every session ends; nobody is signed in.', [
    'code',
    'password',
  ]),
} as const satisfies Contract;
