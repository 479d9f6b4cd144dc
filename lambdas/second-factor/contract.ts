import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';
import * as passkeys from '../shared/http/passkey-fields.ts';

/** What each kind is proven by; whoever adds a kind that is typed adds its line. */
const given = z.discriminatedUnion('factor', [
  z.strictObject({ factor: z.literal('passkey'), credential: passkeys.assertion }),
  z.strictObject({ factor: z.literal('totp'), code: fields.code }),
  z.strictObject({ factor: z.literal('sms'), code: fields.code }),
  z.strictObject({ factor: z.literal('recovery-code'), code: fields.recoveryCode }),
  z.strictObject({ factor: z.literal('mailed-code'), code: fields.code }),
]);

export const contract = {
  'POST /v1/login/second-factor/{flow}': {
    summary: 'Confirm a sign-in with a second factor.',
    body: given,
    reply: { status: 200, schema: fields.tokenResponse },
    problems: [
      'client_not_allowed',
      'code_invalid',
      'code_spent',
      'passkey_invalid',
      'passkey_unknown',
      'flow_expired',
      'factor_unknown',
      'sign_in_refused',
      'enrolment_required',
    ],
  },
  'POST /v1/login/second-factor/{flow}/passkey': {
    summary: 'Options for `navigator.credentials.get()` with one of the person’s passkeys.',
    reply: { status: 200, schema: passkeys.requestOptions },
    problems: ['flow_expired', 'factor_unknown'],
  },
  'POST /v1/login/second-factor/{flow}/code': {
    summary: 'Ask for the code of a factor that is sent; a code that was sent before is dead.',
    body: z.strictObject({ factor: z.enum(['sms', 'mailed-code']) }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['flow_expired', 'factor_unknown'],
  },
  'GET /sign-in/second-factor': pageShown('Page: the second factor; the strongest first, and other ways.'),
  'POST /sign-in/second-factor': pageForm('Confirms the sign-in with the second factor.', [
    'factor',
    'code',
    'credential',
  ]),
  'POST /sign-in/second-factor/code': pageForm('Sends the code of a factor that is sent.', ['factor']),
} as const satisfies Contract;
