import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const summary =
  'OpenID Connect RP-Initiated Logout: signs the browser out, asking first where the request proves nothing.';
const page = { status: 200, type: 'text/html' } as const;
const text = z.optional(z.string().check(z.maxLength(4096)));

export const contract = {
  'GET /oauth2/logout': { summary, errors: 'page', reply: page },
  'POST /oauth2/logout': {
    summary: 'The same, by a form; goes on as a GET, which brings the person’s cookies.',
    errors: 'page',
    reply: { status: 303 },
  },
  'POST /oauth2/logout/confirm': {
    summary: 'The person’s own word on the confirmation page.',
    encoding: 'form',
    errors: 'page',
    body: z.object({ csrf: text, client_id: text, post_logout_redirect_uri: text, state: text }),
    reply: page,
  },
} as const satisfies Contract;
