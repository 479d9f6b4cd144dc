import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const metadata = { status: 200, schema: z.looseObject({ issuer: z.string(), jwks_uri: z.string() }) } as const;

export const contract = {
  'GET /.well-known/openid-configuration': {
    summary: 'OpenID Provider metadata: what works here.',
    reply: metadata,
  },
  'GET /.well-known/oauth-authorization-server': {
    summary: 'RFC 8414 authorization server metadata: the same, without what OpenID Connect adds.',
    reply: metadata,
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
