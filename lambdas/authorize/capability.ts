import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'authorize',
  summary: 'OAuth 2.1 authorization endpoint, and what a person allows a client',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/oauth2/authorize', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/oauth2/authorize', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'GET', path: '/oauth2/authorize/continue', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/oauth2/par', auth: 'client', throttle: { rate: 500, burst: 1000 } },
    ],
  },
  memory: 512,
  timeout: 10,
  items: {
    Directory: { USER: ['get'], CRED: ['query'], CLIENT: ['get'], CONSENT: ['query', 'put'] },
    Sessions: {
      SESSION: ['get', 'update'],
      GRANT: ['put'],
      PAR: ['put', 'update'],
      JTI: ['update'],
      RATE: ['update'],
    },
    Vault: { 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
  reserved: 100,
} as const satisfies Capability;
