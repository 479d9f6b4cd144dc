import type { Capability } from '../shared/domain/capability.ts';

const list = '/v1/account/authenticators/passkeys';
const page = '/account/security/passkeys';
const change = { rate: 50, burst: 100 } as const;

export const capability = {
  name: 'passkeys',
  summary: 'Self-service: passkeys',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: list, auth: 'bearer' },
      { method: 'POST', path: `${list}/options`, auth: 'bearer', throttle: change },
      { method: 'POST', path: list, auth: 'bearer', throttle: change },
      { method: 'PATCH', path: `${list}/{passkey}`, auth: 'bearer', throttle: change },
      { method: 'DELETE', path: `${list}/{passkey}`, auth: 'bearer', throttle: change },
      { method: 'GET', path: page, auth: 'flow', throttle: { rate: 100, burst: 200 } },
      { method: 'GET', path: `${page}/add`, auth: 'flow', throttle: change },
      { method: 'POST', path: `${page}/add`, auth: 'flow', throttle: change },
      { method: 'POST', path: `${page}/name`, auth: 'flow', throttle: change },
      { method: 'GET', path: `${page}/remove`, auth: 'flow', throttle: change },
      { method: 'POST', path: `${page}/remove`, auth: 'flow', throttle: change },
    ],
  },
  memory: 1024,
  timeout: 15,
  items: {
    Directory: {
      USER: ['get', 'update'],
      IDENT: ['check'],
      CRED: ['query', 'update'],
      FACTOR: ['query', 'put', 'update', 'delete'],
      PASSKEY: ['put', 'delete'],
    },
    Sessions: { GRANT: ['get', 'check'], SESSION: ['get', 'check'], JTI: ['update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
  reserved: 50,
} as const satisfies Capability;
