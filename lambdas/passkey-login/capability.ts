import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'passkey-login',
  summary: 'Sign-in by passkey, without typing a name',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/v1/login/passkey/options', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/v1/login/passkey', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'GET', path: '/sign-in/passkey', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/sign-in/passkey', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'GET', path: '/.well-known/webauthn', auth: 'public', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/.well-known/passkey-endpoints', auth: 'public', throttle: { rate: 100, burst: 200 } },
    ],
  },
  memory: 1769,
  timeout: 10,
  items: {
    Directory: { USER: ['get'], FACTOR: ['get', 'update'] },
    Sessions: {
      JTI: ['update'],
      RATE: ['update'],
      ALERT: ['query'],
      FLOW: ['put'],
      GRANT: ['put'],
      SESSION: ['get', 'put', 'update'],
      SEEN: ['get'],
      ACTIVITY: ['put'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#signing': ['get'] },
  },
  opens: ['sealing', 'signing'],
  reserved: 100,
} as const satisfies Capability;
