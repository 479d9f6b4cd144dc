import * as z from 'zod/mini';
import { reasonCodes } from '../shared/domain/risk.ts';
import type { Contract } from '../shared/http/contract.ts';
import { pageShown } from '../shared/http/page-contract.ts';

const line = z.object({
  at: z.string(),
  /** `denied`: by its risk. `stopped`: the tries of the second factor were spent. */
  outcome: z.enum(['signed_in', 'denied', 'stopped']),
  /** What was unusual, heaviest first. */
  reasons: z.array(z.enum(reasonCodes)),
  client_id: z.string(),
  device: z.string(),
  ip: z.string(),
  /** Estimated from the network; absent where that is not known. */
  city: z.optional(z.string()),
  country: z.optional(z.string()),
});

export const contract = {
  'GET /v1/account/activity': {
    summary: 'The newest sign-ins of the last 90 days, 50 at most, newest first.',
    reply: { status: 200, schema: z.object({ activity: z.array(line) }) },
    problems: ['token_invalid', 'token_missing', 'client_not_allowed'],
  },
  'GET /account/security/activity': pageShown('Page: the newest sign-ins, with device, place and what was unusual.'),
} as const satisfies Contract;
