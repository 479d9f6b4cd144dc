import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'logout',
  summary: 'Signing out of the browser, on a client’s word or the person’s',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/oauth2/logout', auth: 'public' },
      { method: 'POST', path: '/oauth2/logout', auth: 'public' },
      { method: 'POST', path: '/oauth2/logout/confirm', auth: 'public' },
    ],
  },
  memory: 512,
  timeout: 10,
  items: {
    Directory: { 'CLIENT#dyn_*': ['get'] },
    Sessions: { SESSION: ['get', 'update'] },
    Vault: { 'KEYRING#sealing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing'],
} as const satisfies Capability;
