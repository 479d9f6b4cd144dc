import type { Capability } from '../shared/domain/capability.ts';

const list = '/v1/account/authenticators';

export const capability = {
  name: 'authenticators',
  summary: 'Self-service: second factors and recovery codes',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: list, auth: 'bearer' },
      { method: 'POST', path: `${list}/totp`, auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: `${list}/totp/{flow}`, auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: `${list}/recovery-codes`, auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'DELETE', path: `${list}/{authenticator}`, auth: 'bearer', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/security', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/account/security/totp', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/security/totp/start', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/security/totp', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/security/recovery-codes', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/security/recovery-codes', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/security/remove', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/security/remove', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 512,
  timeout: 15,
  items: {
    Directory: {
      USER: ['get', 'update'],
      IDENT: ['check'],
      CRED: ['query', 'update'],
      FACTOR: ['query', 'put', 'update', 'delete'],
    },
    Sessions: {
      GRANT: ['get', 'check', 'update'],
      SESSION: ['get', 'check', 'put', 'update'],
      FLOW: ['get', 'put', 'update'],
      JTI: ['update'],
      RATE: ['update'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
  reserved: 50,
} as const satisfies Capability;
