import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const text = (max: number) => z.optional(z.string().check(z.maxLength(max)));

const reply = { status: 303 } as const;
const errors = 'page';

export const contract = {
  'GET /oauth2/authorize': {
    summary: 'OAuth 2.1 authorization request (code with PKCE); answers by redirect, form_post or a page.',
    errors,
    reply,
  },
  'POST /oauth2/authorize': {
    summary: 'The same, by a form (OpenID Connect Core 3.1.2.1); goes on as a GET, which brings the person’s cookies.',
    errors,
    reply,
  },
  'GET /oauth2/authorize/continue': {
    summary: 'Goes on with a request after a page was passed.',
    errors,
    query: z.object({ ticket: z.string() }),
    reply,
  },
  'POST /oauth2/par': {
    summary: 'RFC 9126 pushed authorization request: the parameters of an authorization request, by form.',
    encoding: 'form',
    body: z.looseObject({
      client_id: text(200),
      client_secret: text(200),
      client_assertion: text(4096),
      client_assertion_type: text(100),
    }),
    reply: { status: 201, schema: z.object({ request_uri: z.string(), expires_in: z.int() }) },
  },
} as const satisfies Contract;
