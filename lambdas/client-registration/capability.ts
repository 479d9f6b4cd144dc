import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'client-registration',
  summary: 'Applications that register themselves, behind a token that an operator hands out',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'POST', path: '/oauth2/register', auth: 'registration', throttle: { rate: 5, burst: 20 } },
      { method: 'GET', path: '/oauth2/register/{client}', auth: 'registration', throttle: { rate: 20, burst: 40 } },
      { method: 'PUT', path: '/oauth2/register/{client}', auth: 'registration', throttle: { rate: 5, burst: 20 } },
      { method: 'DELETE', path: '/oauth2/register/{client}', auth: 'registration', throttle: { rate: 5, burst: 20 } },
    ],
  },
  memory: 512,
  timeout: 10,
  items: { Directory: { 'CLIENT#dyn_*': ['get', 'put', 'update'] }, Sessions: { REGISTRATION: ['get', 'update'] } },
} as const satisfies Capability;
