import type { Capability } from '../shared/domain/capability.ts';

const limited = { rate: 20, burst: 40 } as const;

export const capability = {
  name: 'factor-recovery',
  summary: 'Every second factor is lost: proof of the address, a waiting time, and the way to stop it',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/v1/factor-recoveries', auth: 'public', throttle: limited },
      { method: 'POST', path: '/v1/factor-recoveries/{flow}', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/recover/factors', auth: 'public', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/recover/factors', auth: 'public', throttle: limited },
      { method: 'GET', path: '/recover/factors/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/recover/factors/code', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/recover/factors/cancel', auth: 'flow', throttle: { rate: 50, burst: 100 } },
      { method: 'POST', path: '/recover/factors/cancel', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 1769,
  timeout: 20,
  items: {
    Directory: {
      IDENT: ['get', 'check', 'delete'],
      USER: ['get', 'update'],
      CRED: ['query', 'put', 'update'],
      FACTOR: ['query', 'delete'],
      PASSKEY: ['delete'],
    },
    Sessions: {
      FLOW: ['put', 'update'],
      RATE: ['get', 'update'],
      ALERT: ['query', 'update'],
      JTI: ['update'],
      RECOVERY: ['get', 'put', 'update'],
    },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
  asks: ['breached-passwords'],
  reserved: 20,
} as const satisfies Capability;
