import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

export const contract = {
  'POST /v1/registrations': {
    summary: 'Start a sign-up. The reply is the same for known and unknown addresses; the mail differs.',
    body: z.strictObject({
      client_id: fields.clientId,
      email: fields.email,
      /** May be left out where the brand has accounts without one: the person goes on to make a passkey. */
      password: z.optional(fields.password),
      profile: z.optional(fields.profile),
      locale: z.optional(fields.localeTag),
      consents: z.optional(fields.consents),
      /** Stands in a form where nobody sees it; whoever fills it in is no person. */
      website: z.optional(fields.trap),
      proof: z.optional(fields.workProof),
    }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: [
      'client_unknown',
      'client_not_allowed',
      'hosted_pages_required',
      'challenge_required',
      'email_not_accepted',
      'password_too_short',
      'password_too_long',
      'password_common',
      'password_is_identifier',
      'password_is_brand_word',
      'purpose_unknown',
      'purpose_version_stale',
      'purpose_required',
    ],
  },
  'POST /v1/registrations/{flow}/resend': {
    summary: 'Mail a new code; the old one is dead at once.',
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['flow_expired'],
  },
  'POST /v1/registrations/{flow}/verification': {
    summary: 'Prove the address with the mailed code: the account is made and signed in.',
    body: z.strictObject({ code: fields.code }),
    reply: { status: 201, schema: z.object({ ...fields.tokenResponseFields, sub: z.string() }) },
    problems: [
      'client_not_allowed',
      'code_invalid',
      'code_spent',
      'flow_expired',
      'identifier_taken',
      'enrolment_required',
    ],
  },
  'GET /sign-up': pageShown('Page: a new account.'),
  'POST /sign-up': pageForm('Starts a sign-up. Each purpose is a field `purpose.<id>`.', [
    'username',
    'password',
    'name',
    'passwordless',
  ]),
  'GET /sign-up/verify': pageShown('Page: the mailed code.'),
  'POST /sign-up/verify': pageForm('Makes the account and signs the browser in.', ['code']),
  'POST /sign-up/resend': pageForm('Mails a new code; the old one is dead at once.', []),
} as const satisfies Contract;
