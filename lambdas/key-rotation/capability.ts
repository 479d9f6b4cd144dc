import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'key-rotation',
  summary: 'Makes the key rings and rotates the signing keys',
  trigger: { kind: 'schedule', hours: 6 },
  memory: 512,
  timeout: 20,
  items: {
    Vault: {
      'KEYRING#sealing': ['get', 'put'],
      'KEYRING#signing': ['get', 'put'],
      'KEYRING#public': ['put'],
    },
  },
  opens: ['signing'],
  makes: ['sealing', 'signing'],
} as const satisfies Capability;
