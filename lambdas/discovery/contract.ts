import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

export const contract = {
  'GET /.well-known/openid-configuration': {
    summary: 'OpenID Provider metadata: what works here.',
    reply: { status: 200, schema: z.looseObject({ issuer: z.string(), jwks_uri: z.string() }) },
  },
  'GET /.well-known/jwks.json': {
    summary: 'Public signing keys: next, active and retired.',
    reply: {
      status: 200,
      type: 'application/jwk-set+json',
      schema: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }),
    },
  },
} as const satisfies Contract;
