import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'device',
  summary: 'Devices without a browser: their codes, and the pages on which a person lets one in',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/oauth2/device_authorization', auth: 'client', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: '/device', auth: 'public', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/device', auth: 'public', throttle: { rate: 50, burst: 100 } },
      { method: 'GET', path: '/device/confirm', auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'POST', path: '/device/confirm', auth: 'flow', throttle: { rate: 50, burst: 100 } },
    ],
  },
  memory: 512,
  timeout: 10,
  items: {
    Directory: { USER: ['get', 'check'], CLIENT: ['get'], CONSENT: ['query', 'put'] },
    Sessions: { DEVICE: ['get', 'put', 'update'], SESSION: ['get', 'check'], JTI: ['update'], RATE: ['update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
