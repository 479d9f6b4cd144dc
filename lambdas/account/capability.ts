import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'account',
  summary: 'Self-service: profile, password, change of address',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/v1/account', auth: 'bearer' },
      { method: 'PATCH', path: '/v1/account', auth: 'bearer' },
      { method: 'POST', path: '/v1/account/password', auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/v1/account/email', auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/v1/account/email/{flow}', auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/password', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/password', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/email', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/email', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/email/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/email/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/email/cancel', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/email-change/cancel', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/email-change/cancel', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 1769,
  timeout: 20,
  items: {
    Directory: {
      USER: ['get', 'update'],
      IDENT: ['put', 'update', 'delete'],
      CRED: ['get', 'query', 'put', 'delete', 'check'],
    },
    Sessions: {
      GRANT: ['get', 'check'],
      SESSION: ['get', 'check'],
      JTI: ['update'],
      FLOW: ['get', 'put', 'update'],
      RATE: ['update'],
      ALERT: ['update'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
  asks: ['breached-passwords'],
  reserved: 50,
} as const satisfies Capability;
