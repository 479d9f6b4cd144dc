import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'token',
  summary: 'OAuth 2.1 token and revocation endpoints',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/oauth2/token', auth: 'client', throttle: { rate: 2000, burst: 4000 } },
      { method: 'POST', path: '/oauth2/introspect', auth: 'client', throttle: { rate: 2000, burst: 4000 } },
      { method: 'POST', path: '/oauth2/revoke', auth: 'client', throttle: { rate: 500, burst: 1000 } },
    ],
  },
  memory: 512,
  timeout: 20,
  items: {
    Directory: { USER: ['get'], CLIENT: ['get'] },
    Sessions: {
      SESSION: ['get'],
      GRANT: ['get', 'put', 'update'],
      DEVICE: ['get', 'update'],
      JTI: ['update'],
      RATE: ['update'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#signing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing', 'signing'],
  reserved: 200,
} as const satisfies Capability;
