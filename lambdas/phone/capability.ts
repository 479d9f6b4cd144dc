import type { Capability } from '../shared/domain/capability.ts';

const limited = { rate: 20, burst: 40 } as const;

export const capability = {
  name: 'phone',
  summary: 'Self-service: the number that codes go to by text',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/v1/account/phone', auth: 'bearer' },
      { method: 'POST', path: '/v1/account/phone', auth: 'bearer', throttle: limited },
      { method: 'POST', path: '/v1/account/phone/{flow}', auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'DELETE', path: '/v1/account/phone', auth: 'bearer', throttle: limited },
      { method: 'PUT', path: '/v1/account/code-channel', auth: 'bearer', throttle: limited },
      { method: 'GET', path: '/account/phone', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/phone', auth: 'flow', throttle: limited },
      { method: 'GET', path: '/account/phone/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/phone/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/phone/resend', auth: 'flow', throttle: limited },
      { method: 'POST', path: '/account/phone/remove', auth: 'flow', throttle: limited },
      { method: 'POST', path: '/account/phone/channel', auth: 'flow', throttle: limited },
    ],
  },
  memory: 512,
  timeout: 15,
  items: {
    Directory: {
      USER: ['get', 'update'],
      IDENT: ['put', 'check', 'delete'],
      CRED: ['query', 'update'],
      FACTOR: ['put', 'delete'],
    },
    Sessions: {
      GRANT: ['get', 'check'],
      SESSION: ['get', 'check'],
      FLOW: ['put', 'update'],
      JTI: ['update'],
      RATE: ['update'],
      ALERT: ['update'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
  reserved: 20,
} as const satisfies Capability;
