import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'text-feedback',
  summary: 'What became of texts: a number that is none gets no more',
  trigger: { kind: 'text-feedback' },
  memory: 256,
  timeout: 10,
  items: { Directory: { SUPPRESS: ['update'], IDENT: ['get'], CRED: ['update'] }, Sessions: { TEXT: ['get'] } },
} as const satisfies Capability;
