import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

/** What the gate may answer to a proof that was right (LOG2). */
const gateProblems = ['sign_in_refused', 'second_factor_required', 'enrolment_required'] as const;

export const contract = {
  'POST /v1/login/password': {
    summary: 'Sign in with an address and a password.',
    body: z.strictObject({
      client_id: fields.clientId,
      email: fields.email,
      password: fields.password,
      scope: z.optional(fields.scope),
      proof: z.optional(fields.workProof),
    }),
    reply: { status: 200, schema: fields.tokenResponse },
    problems: [
      'challenge_required',
      'password_change_required',
      'client_unknown',
      'client_not_allowed',
      'scope_not_allowed',
      'credentials_invalid',
      ...gateProblems,
    ],
  },
  'POST /v1/login/code': {
    summary: 'Ask for a sign-in code by mail. The reply is the same for known and unknown addresses.',
    body: z.strictObject({
      client_id: fields.clientId,
      email: fields.email,
      locale: z.optional(fields.localeTag),
      proof: z.optional(fields.workProof),
    }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['client_unknown', 'client_not_allowed', 'challenge_required'],
  },
  'POST /v1/login/text': {
    summary:
      'Ask for a sign-in code by text, where the brand offers it. The reply is the same for known and unknown numbers.',
    body: z.strictObject({
      client_id: fields.clientId,
      phone: fields.phone,
      locale: z.optional(fields.localeTag),
      proof: z.optional(fields.workProof),
    }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['client_unknown', 'client_not_allowed', 'challenge_required', 'not_found'],
  },
  'POST /v1/login/code/{flow}': {
    summary: 'Sign in with the code that was mailed or texted.',
    body: z.strictObject({ code: fields.code, scope: z.optional(fields.scope) }),
    reply: { status: 200, schema: fields.tokenResponse },
    problems: [
      'client_not_allowed',
      'scope_not_allowed',
      'code_invalid',
      'code_spent',
      'flow_expired',
      ...gateProblems,
    ],
  },
  'GET /sign-in': pageShown('Page: who signs in.'),
  'POST /sign-in': pageForm('Takes the address; goes on the same way whether it is known or not.', ['username']),
  'GET /sign-in/password': pageShown('Page: the password of the address.'),
  'POST /sign-in/password': pageForm('Signs the browser in with the password.', ['password']),
  'POST /sign-in/code/start': pageForm('Mails a sign-in code to the address.', []),
  'GET /sign-in/code': pageShown('Page: the mailed code.'),
  'POST /sign-in/code': pageForm('Signs the browser in with the mailed code.', ['code']),
  'GET /sign-in/link': {
    ...pageShown('Page behind the link in the mail. Opening it changes nothing.'),
    reply: { status: 200, others: [410], type: 'text/html' },
  },
  'POST /sign-in/link': pageForm('Signs the browser in with the mailed link, if it is the one that asked for it.', []),
} as const satisfies Contract;
