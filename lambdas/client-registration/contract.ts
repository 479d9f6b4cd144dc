import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

/** What is wrong with a member has an error code of its own (RFC 7591 section 3.2.2), so the use case judges it. */
const body = z.looseObject({});
const errors = 'oauth';

const information = z.looseObject({
  client_id: z.string(),
  client_id_issued_at: z.int(),
  client_secret: z.optional(z.string()),
  client_secret_expires_at: z.optional(z.int()),
  registration_access_token: z.string(),
  registration_client_uri: z.string(),
  client_name: z.string(),
  redirect_uris: z.array(z.string()),
});

export const contract = {
  'POST /oauth2/register': {
    summary: 'RFC 7591 registration of a client. The bearer is an initial access token.',
    errors,
    body,
    reply: { status: 201, schema: information },
  },
  'GET /oauth2/register/{client}': {
    summary: 'RFC 7592: the registration. The bearer is its registration access token, as in the two that follow.',
    errors,
    reply: { status: 200, schema: information },
  },
  'PUT /oauth2/register/{client}': {
    summary: 'RFC 7592: replaces the registration; what is left out is gone.',
    errors,
    body,
    reply: { status: 200, schema: information },
  },
  'DELETE /oauth2/register/{client}': {
    summary: 'RFC 7592: deletes the client. Its tokens are dead at once.',
    errors,
    reply: { status: 204 },
  },
} as const satisfies Contract;
