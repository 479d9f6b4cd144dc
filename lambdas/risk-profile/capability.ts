import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'risk-profile',
  summary: 'Remembers where an account is used, and lists its sign-ins for its owner',
  trigger: { kind: 'events', events: ['user.signed_in'] },
  memory: 256,
  timeout: 25,
  items: {
    Directory: { USER: ['get'] },
    Sessions: { SESSION: ['get'], GRANT: ['get'], SEEN: ['get', 'update'], ACTIVITY: ['put'] },
    Vault: { 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
