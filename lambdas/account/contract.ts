import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import * as fields from '../shared/http/fields.ts';
import { pageForm, pageShown } from '../shared/http/page-contract.ts';

const account = z.object({
  sub: z.string(),
  email: z.string(),
  email_verified: z.literal(true),
  profile: z.looseObject({}),
  locale: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** `null` removes a field, absence leaves it. */
const profileChange = z.partial(
  z.strictObject({
    name: z.nullable(fields.profileFields.name),
    given_name: z.nullable(fields.profileFields.given_name),
    family_name: z.nullable(fields.profileFields.family_name),
    nickname: z.nullable(fields.profileFields.nickname),
    birthdate: z.nullable(fields.profileFields.birthdate),
    zoneinfo: z.nullable(fields.profileFields.zoneinfo),
    address: z.nullable(fields.profileFields.address),
  }),
);

export const contract = {
  'GET /v1/account': {
    summary: 'The person’s own data.',
    reply: { status: 200, schema: account },
  },
  'PATCH /v1/account': {
    summary: 'Change profile fields or the locale; null removes a field.',
    body: z.strictObject({ profile: z.optional(profileChange), locale: z.optional(fields.localeTag) }),
    reply: { status: 200, schema: account },
    problems: ['conflict_retry'],
  },
  'POST /v1/account/password': {
    summary: 'Change the password with the current one. Every other session ends.',
    body: z.strictObject({ current_password: fields.password, new_password: fields.password }),
    reply: { status: 204 },
    problems: [
      'credentials_invalid',
      'password_too_short',
      'password_too_long',
      'password_common',
      'password_is_identifier',
      'password_is_brand_word',
      'conflict_retry',
    ],
  },
  'POST /v1/account/email': {
    summary:
      'Ask to move the account to another address. Wants a recent sign-in, or the current password. The old address stays until the new one is proven.',
    body: z.strictObject({ email: fields.email, current_password: z.optional(fields.password) }),
    reply: { status: 202, schema: fields.flowStarted },
    problems: ['recent_authentication_required', 'credentials_invalid'],
  },
  'POST /v1/account/email/{flow}': {
    summary: 'Prove the new address with the mailed code. Every other session ends.',
    body: z.strictObject({ code: fields.code }),
    reply: { status: 200, schema: account },
    problems: ['code_invalid', 'code_spent', 'flow_expired', 'identifier_taken'],
  },
  'GET /account/password': pageShown('Page: a new password, on the word of the current one.'),
  'POST /account/password': pageForm('Changes the password. Every other session ends.', [
    'current_password',
    'password',
  ]),
  'GET /account/email': pageShown('Page: another address for the account.'),
  'POST /account/email': pageForm('Mails a code to the new address; the old one stays until it is proven.', [
    'username',
    'current_password',
  ]),
  'GET /account/email/code': pageShown('Page: the code that was mailed to the new address.'),
  'POST /account/email/code': pageForm('Moves the account to the new address. Every other session ends.', ['code']),
  'POST /account/email/cancel': pageForm('Keeps the old address.', []),
  'GET /email-change/cancel': {
    summary: 'The page behind the link in the notice to the old address. Opening it changes nothing.',
    errors: 'page',
    query: z.object({ flow: z.string(), token: z.string() }),
    reply: { status: 200, others: [404], type: 'text/html' },
  },
  'POST /email-change/cancel': {
    summary: 'Cancels the change of address.',
    errors: 'page',
    encoding: 'form',
    body: z.object({ flow: z.string().check(z.maxLength(64)), token: z.string().check(z.maxLength(64)) }),
    reply: { status: 200, others: [403, 410], type: 'text/html' },
  },
} as const satisfies Contract;
