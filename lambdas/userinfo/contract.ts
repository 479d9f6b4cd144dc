import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const claims = z.looseObject({ sub: z.string(), email: z.optional(z.string()) });
const reply = { status: 200, schema: claims };
const summary = 'Claims about the person whose access token is presented (OpenID Connect Core 5.3).';

export const contract = {
  'GET /oauth2/userinfo': { summary, reply, problems: ['scope_insufficient'] },
  'POST /oauth2/userinfo': { summary, reply, problems: ['scope_insufficient'] },
} as const satisfies Contract;
