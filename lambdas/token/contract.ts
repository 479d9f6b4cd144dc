import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';
import { tokenResponse } from '../shared/http/fields.ts';

const text = (max: number) => z.optional(z.string().check(z.maxLength(max)));

/** Unknown parameters are ignored (RFC 6749 section 3.2). */
const clientParameters = {
  client_id: text(200),
  client_secret: text(200),
  client_assertion: text(4096),
  client_assertion_type: text(100),
};

export const contract = {
  'POST /oauth2/token': {
    summary:
      'OAuth 2.1 token endpoint: authorization_code, refresh_token, client_credentials, device_code (RFC 8628) and token-exchange (RFC 8693).',
    encoding: 'form',
    body: z.object({
      grant_type: z.string().check(z.maxLength(100)),
      refresh_token: text(200),
      code: text(200),
      device_code: text(200),
      redirect_uri: text(2000),
      code_verifier: text(200),
      scope: text(1000),
      subject_token: text(4096),
      subject_token_type: text(200),
      actor_token: text(4096),
      actor_token_type: text(200),
      requested_token_type: text(200),
      audience: text(1000),
      resource: text(1000),
      ...clientParameters,
    }),
    reply: { status: 200, schema: z.extend(tokenResponse, { issued_token_type: z.optional(z.string()) }) },
  },
  'POST /oauth2/revoke': {
    summary: 'RFC 7009 revocation of a refresh or access token.',
    encoding: 'form',
    body: z.object({
      token: z.string().check(z.minLength(1), z.maxLength(4096)),
      token_type_hint: text(100),
      ...clientParameters,
    }),
    reply: { status: 200 },
  },
  'POST /oauth2/introspect': {
    summary: 'RFC 7662 introspection, for confidential clients.',
    encoding: 'form',
    body: z.object({
      token: z.string().check(z.minLength(1), z.maxLength(4096)),
      token_type_hint: text(100),
      ...clientParameters,
    }),
    reply: { status: 200, schema: z.looseObject({ active: z.boolean() }) },
  },
} as const satisfies Contract;
