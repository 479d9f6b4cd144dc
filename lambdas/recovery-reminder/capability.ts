import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'recovery-reminder',
  summary: 'Tells every channel again before the second factors of an account may be removed',
  trigger: { kind: 'schedule', hours: 3 },
  memory: 256,
  timeout: 25,
  items: { Sessions: { RECOVERY: ['query', 'update'] } },
} as const satisfies Capability;
