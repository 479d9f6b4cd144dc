import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'consent',
  summary: 'What a person agreed to: current state, change, evidence',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/v1/consents', auth: 'bearer' },
      { method: 'PUT', path: '/v1/consents/{purpose}', auth: 'bearer' },
      { method: 'GET', path: '/v1/consents/history', auth: 'bearer' },
    ],
  },
  memory: 512,
  timeout: 20,
  items: {
    Directory: { CONSENT: ['query', 'put'], USER: ['get', 'check'] },
    Sessions: { GRANT: ['get', 'check'], JTI: ['update'] },
    Vault: { 'KEYRING#public': ['get'] },
  },
} as const satisfies Capability;
