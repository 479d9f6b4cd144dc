import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'interaction',
  summary: 'What a signed-in person decides about an authorization request: consent, terms, which account',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/consent', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/consent', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'GET', path: '/purposes', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/purposes', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'GET', path: '/choose-account', auth: 'flow', throttle: { rate: 200, burst: 400 } },
      { method: 'POST', path: '/choose-account', auth: 'flow', throttle: { rate: 200, burst: 400 } },
    ],
  },
  memory: 512,
  timeout: 10,
  items: {
    Directory: { USER: ['get', 'check'], CONSENT: ['query', 'put'] },
    Sessions: { SESSION: ['get', 'check'], DEVICE: ['update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
