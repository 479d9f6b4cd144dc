import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

export const contract = {
  'POST /v1/factor-recoveries': {
    summary:
      'Ask for a code by mail, to begin or to end the waiting time before lost second factors are removed. The reply is the same for known and unknown addresses.',
    body: z.strictObject({
      client_id: fields.clientId,
      email: fields.email,
      locale: z.optional(fields.localeTag),
      proof: z.optional(fields.workProof),
    }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['client_unknown', 'client_not_allowed', 'not_found', 'challenge_required'],
  },
  'POST /v1/factor-recoveries/{flow}': {
    summary:
      'Prove the address. The first time, the waiting time begins and every channel is told; once it is over, a fresh code removes all second factors, ends all sessions, and may set a password.',
    body: z.strictObject({ code: fields.code, password: z.optional(fields.password) }),
    reply: {
      status: 200,
      schema: z.object({
        state: z.enum(['waiting', 'removed', 'nothing']),
        /** When a fresh code removes the factors, and until when it does. */
        opens_at: z.optional(z.string()),
        closes_at: z.optional(z.string()),
      }),
    },
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
  'GET /recover/factors': pageShown('Page: whose second factors are lost.'),
  'POST /recover/factors': pageForm('Mails a code, if somebody has the address.', ['username']),
  'GET /recover/factors/code': pageShown('Page: the mailed code.'),
  'POST /recover/factors/code': {
    ...pageForm('Begins or ends the waiting time, and says which.', ['code', 'password']),
    reply: { status: 200, others: [303], type: 'text/html' },
  },
  'GET /recover/factors/cancel': {
    ...pageShown('Page behind the link in each notice. Opening it changes nothing.'),
    reply: { status: 200, others: [410], type: 'text/html' },
  },
  'POST /recover/factors/cancel': {
    ...pageForm('Stops the removal.', ['person', 'token']),
    reply: { status: 200, others: [303, 410], type: 'text/html' },
  },
} as const satisfies Contract;
