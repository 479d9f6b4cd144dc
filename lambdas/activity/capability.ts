import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'activity',
  summary: 'The sign-ins of the last months, for the owner of the account',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/v1/account/activity', auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/security/activity', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 512,
  timeout: 10,
  items: {
    Directory: { USER: ['get'] },
    Sessions: { GRANT: ['get'], SESSION: ['get'], ACTIVITY: ['query'], JTI: ['update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
