import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const claims = z.looseObject({ sub: z.string(), email: z.optional(z.string()) });
const reply = { status: 200, schema: claims, also: 'application/jwt' } as const;
const summary = 'Claims about the person whose access token is presented (OpenID Connect Core 5.3).';

export const contract = {
  'GET /oauth2/userinfo': { summary, reply, problems: ['scope_insufficient'] },
  'POST /oauth2/userinfo': {
    summary: `${summary} The token may stand in a form as \`access_token\` (RFC 6750 2.2).`,
    reply,
    problems: ['scope_insufficient', 'request_malformed'],
  },
} as const satisfies Contract;
