import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'publisher',
  summary: 'Puts events on the bus, without personal data',
  trigger: { kind: 'streams', tables: ['Directory', 'Sessions'], batchSize: 100, retries: 20, maxAge: 43200 },
  memory: 256,
  timeout: 25,
  items: {},
  sends: 'events',
} as const satisfies Capability;
