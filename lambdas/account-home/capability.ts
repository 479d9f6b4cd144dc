import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'account-home',
  summary: 'The pages of a person’s own account: profile, consents, applications, sessions',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/account', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/account/profile', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/account/profile', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/consents', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/account/consents', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/applications', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/account/applications', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/account/sessions', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/account/sessions', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/sign-out', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/account/sign-out-everywhere', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 512,
  timeout: 10,
  items: {
    Directory: { USER: ['get', 'update', 'check'], CONSENT: ['query', 'put'], 'CLIENT#dyn_*': ['get'] },
    Sessions: { SESSION: ['get', 'query', 'update', 'check'], GRANT: ['query', 'update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
