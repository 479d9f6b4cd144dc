import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

const channel = z.enum(['mail', 'text']);

const view = z.object({
  phone_number: z.optional(z.string()),
  phone_number_verified: z.boolean(),
  verified_at: z.optional(z.string()),
  code_channel: channel,
});

export const contract = {
  'GET /v1/account/phone': {
    summary: 'The number that the person has proven, if any, and how sign-in codes travel.',
    reply: { status: 200, schema: view },
  },
  'POST /v1/account/phone': {
    summary:
      'Ask to prove a mobile number, where the brand texts to its country. Wants a recent sign-in. Nothing changes until the code is given.',
    body: z.strictObject({ phone: fields.phone }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['recent_authentication_required', 'not_found'],
  },
  'POST /v1/account/phone/{flow}': {
    summary:
      'Prove the number with the texted code. It is from then on a second factor and takes the place of the one before.',
    body: z.strictObject({ code: fields.code, sign_out_others: z.optional(z.boolean()) }),
    reply: { status: 200, schema: view },
    problems: ['recent_authentication_required', 'code_invalid', 'code_spent', 'flow_expired', 'identifier_taken'],
  },
  'DELETE /v1/account/phone': {
    summary: 'Remove the number, unless it is the last factor that is needed.',
    query: z.object({ sign_out_others: z.optional(z.enum(['true', 'false'])) }),
    reply: { status: 204 },
    problems: ['recent_authentication_required', 'factor_unknown', 'factor_needed', 'conflict_retry'],
  },
  'PUT /v1/account/code-channel': {
    summary:
      'Choose how sign-in codes travel: by mail, or by text to the proven number where the brand lets it sign in. Wants a recent sign-in; the person is told by mail.',
    body: z.strictObject({ channel }),
    reply: { status: 200, schema: view },
    problems: ['recent_authentication_required', 'factor_unknown', 'conflict_retry'],
  },
  'GET /account/phone': pageShown('Page: the number that codes go to.'),
  'POST /account/phone': pageForm('Texts a code to a number.', ['phone']),
  'GET /account/phone/code': pageShown('Page: the texted code.'),
  'POST /account/phone/code': pageForm('Proves the number by the texted code.', ['code', 'others']),
  'POST /account/phone/resend': pageForm('Texts another code.', []),
  'POST /account/phone/remove': pageForm('Removes the number.', ['others']),
  'POST /account/phone/channel': pageForm('Chooses how sign-in codes travel.', ['channel']),
} as const satisfies Contract;
