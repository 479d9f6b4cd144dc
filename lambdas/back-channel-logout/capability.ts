import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'back-channel-logout',
  summary: 'Ends the sessions of a signed-out browser and tells their clients',
  trigger: { kind: 'events', events: ['browser_session.ended'] },
  memory: 512,
  timeout: 25,
  items: {
    Sessions: { GRANT: ['query', 'update'] },
    Vault: { 'KEYRING#signing': ['get'] },
  },
  opens: ['signing'],
} as const satisfies Capability;
