import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'registration',
  summary: 'Sign-up with an address and a password, and its verification',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/v1/registrations', auth: 'public', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/v1/registrations/{flow}/resend', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      {
        method: 'POST',
        path: '/v1/registrations/{flow}/verification',
        auth: 'flow',
        throttle: { rate: 200, burst: 400 },
      },
      { method: 'GET', path: '/sign-up', auth: 'public', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-up', auth: 'public', throttle: { rate: 200, burst: 400 } },
      { method: 'GET', path: '/sign-up/verify', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-up/verify', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/sign-up/resend', auth: 'flow', throttle: { rate: 100, burst: 200 } },
    ],
  },
  memory: 1769,
  timeout: 20,
  items: {
    Directory: { USER: ['get', 'put'], IDENT: ['put'], CRED: ['put', 'check'], CONSENT: ['put'] },
    Sessions: {
      FLOW: ['get', 'put', 'update'],
      RATE: ['get', 'update'],
      ALERT: ['query', 'update'],
      JTI: ['update'],
      GRANT: ['put'],
      SESSION: ['get', 'put', 'update'],
    },
    Vault: { DATAKEY: ['put'], 'KEYRING#sealing': ['get'], 'KEYRING#signing': ['get'] },
  },
  opens: ['sealing', 'signing'],
  lists: ['disposable-domains'],
  asks: ['breached-passwords'],
  reserved: 100,
} as const satisfies Capability;
