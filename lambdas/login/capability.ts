import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'login',
  summary: 'Sign-in by password, by code, by mail or text, and by mailed link',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/v1/login/password', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/v1/login/code', auth: 'public', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/v1/login/code/{flow}', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/v1/login/text', auth: 'public', throttle: { rate: 20, burst: 40 } },
      { method: 'GET', path: '/sign-in', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/sign-in', auth: 'public', throttle: { rate: 500, burst: 1000 } },
      { method: 'GET', path: '/sign-in/password', auth: 'flow', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/sign-in/password', auth: 'flow', throttle: { rate: 500, burst: 1000 } },
      { method: 'POST', path: '/sign-in/code/start', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/sign-in/code', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-in/code', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'GET', path: '/sign-in/link', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-in/link', auth: 'flow', throttle: { rate: 200, burst: 400 } },
    ],
  },
  memory: 1769,
  timeout: 20,
  items: {
    Directory: { IDENT: ['get'], USER: ['get', 'check'], CRED: ['query', 'update'], FACTOR: ['update'] },
    Sessions: {
      FLOW: ['get', 'put', 'update'],
      RATE: ['get', 'update', 'delete'],
      ALERT: ['query', 'update'],
      JTI: ['update'],
      GRANT: ['put'],
      SESSION: ['get', 'put', 'update'],
      SEEN: ['get'],
      ACTIVITY: ['put'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#signing': ['get'] },
  },
  opens: ['sealing', 'signing'],
  asks: ['breached-passwords'],
  reserved: 200,
} as const satisfies Capability;
