import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'sessions',
  summary: 'Where a person is signed in, and signing out there',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/v1/account/sessions', auth: 'bearer' },
      { method: 'DELETE', path: '/v1/account/sessions/{id}', auth: 'bearer' },
      { method: 'DELETE', path: '/v1/account/sessions', auth: 'bearer' },
    ],
  },
  memory: 512,
  timeout: 20,
  items: {
    Directory: { USER: ['get', 'update', 'check'] },
    Sessions: { GRANT: ['query', 'update', 'check'], JTI: ['update'] },
    Vault: { 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
