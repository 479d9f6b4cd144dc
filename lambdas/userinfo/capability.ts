import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'userinfo',
  summary: 'OpenID Connect UserInfo endpoint',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/oauth2/userinfo', auth: 'bearer' },
      { method: 'POST', path: '/oauth2/userinfo', auth: 'bearer' },
    ],
  },
  memory: 512,
  timeout: 20,
  items: {
    Directory: { USER: ['get'], 'CLIENT#dyn_*': ['get'] },
    Sessions: { GRANT: ['get'], JTI: ['update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'], 'KEYRING#signing': ['get'], 'KEYRING#public': ['get'] },
  },
  opens: ['sealing', 'signing'],
} as const satisfies Capability;
