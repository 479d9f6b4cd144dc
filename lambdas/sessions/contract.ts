import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const session = z.object({
  id: z.string(),
  current: z.boolean(),
  client_id: z.string(),
  device: z.string(),
  place: z.string(),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
});

export const contract = {
  'GET /v1/account/sessions': {
    summary: 'Where the person is signed in: device, place, last seen; newest first.',
    reply: { status: 200, schema: z.object({ sessions: z.array(session) }) },
  },
  'DELETE /v1/account/sessions/{id}': {
    summary: 'Sign out of one session; its tokens are dead at once.',
    reply: { status: 204 },
    problems: ['session_unknown'],
  },
  'DELETE /v1/account/sessions': {
    summary: 'Sign out everywhere, here too.',
    reply: { status: 204 },
  },
} as const satisfies Contract;
