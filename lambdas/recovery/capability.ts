import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'recovery',
  summary: 'A forgotten password: proof of the address, then a new password',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/v1/recoveries', auth: 'public', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/v1/recoveries/{flow}/password', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/recover', auth: 'public', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/recover', auth: 'public', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/recover/resend', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/recover/not-me', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/recover/not-me', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/recover/password', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/recover/password', auth: 'flow', throttle: { rate: 100, burst: 200 } },
    ],
  },
  memory: 1769,
  timeout: 20,
  items: {
    Directory: {
      IDENT: ['get', 'check', 'delete'],
      USER: ['get', 'update'],
      CRED: ['query', 'put', 'update', 'delete'],
      FACTOR: ['query', 'delete'],
      PASSKEY: ['delete'],
    },
    Sessions: {
      FLOW: ['get', 'put', 'update'],
      RATE: ['get', 'update'],
      ALERT: ['query', 'update'],
      JTI: ['check', 'update'],
      SEEN: ['delete'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
  asks: ['breached-passwords'],
  reserved: 50,
} as const satisfies Capability;
