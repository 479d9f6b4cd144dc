import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const reply = { status: 303 } as const;
const errors = 'page';

export const contract = {
  'GET /oauth2/authorize': {
    summary: 'OAuth 2.1 authorization request (code with PKCE); answers by redirect, form_post or a page.',
    errors,
    reply,
  },
  'POST /oauth2/authorize': {
    summary: 'The same, by a form (OpenID Connect Core 3.1.2.1).',
    errors,
    reply,
  },
  'GET /oauth2/authorize/continue': {
    summary: 'Goes on with a request after a page was passed.',
    errors,
    query: z.object({ ticket: z.string() }),
    reply,
  },
} as const satisfies Contract;
