import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'second-factor',
  summary: 'The second factor of a sign-in, and of a session that is to become a stronger one',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/v1/login/second-factor/{flow}', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      {
        method: 'POST',
        path: '/v1/login/second-factor/{flow}/passkey',
        auth: 'flow',
        throttle: { rate: 200, burst: 400 },
      },
      { method: 'POST', path: '/v1/login/second-factor/{flow}/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/sign-in/second-factor', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-in/second-factor', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-in/second-factor/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 512,
  timeout: 15,
  items: {
    Directory: {
      USER: ['get', 'check', 'update'],
      IDENT: ['check'],
      CRED: ['query', 'update'],
      FACTOR: ['query', 'update'],
    },
    Sessions: {
      FLOW: ['get', 'put', 'update'],
      RATE: ['update'],
      ALERT: ['update'],
      JTI: ['update'],
      GRANT: ['put'],
      SESSION: ['get', 'put', 'update'],
      ACTIVITY: ['put'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#signing': ['get'] },
  },
  opens: ['sealing', 'signing'],
  reserved: 100,
} as const satisfies Capability;
