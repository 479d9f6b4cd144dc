import * as z from 'zod/mini';
import type { Contract } from '../shared/http/contract.ts';

const consent = z.object({
  purpose: z.string(),
  version: z.string(),
  text: z.string(),
  required: z.boolean(),
  granted: z.boolean(),
  at: z.optional(z.string()),
});

const decision = z.object({
  purpose: z.string(),
  version: z.string(),
  granted: z.boolean(),
  at: z.string(),
  locale: z.string(),
  text_sha256: z.string(),
  channel: z.string(),
  client_id: z.string(),
});

export const contract = {
  'GET /v1/consents': {
    summary: 'Each purpose of the brand, its text, and what the person last said to the version in force.',
    reply: { status: 200, schema: z.object({ consents: z.array(consent) }) },
  },
  'PUT /v1/consents/{purpose}': {
    summary: 'Give or withdraw consent to the version that was shown. Each decision is kept as evidence.',
    body: z.strictObject({ granted: z.boolean(), version: z.string().check(z.minLength(1), z.maxLength(64)) }),
    reply: { status: 200, schema: consent },
    problems: ['purpose_unknown', 'purpose_version_stale', 'purpose_required', 'conflict_retry'],
  },
  'GET /v1/consents/history': {
    summary: 'Every decision, newest first: who, when, which version and text, in which language, through what.',
    reply: { status: 200, schema: z.object({ history: z.array(decision) }) },
  },
} as const satisfies Contract;
