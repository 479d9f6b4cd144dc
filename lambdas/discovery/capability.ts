import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'discovery',
  summary: 'OpenID Provider metadata and public keys',
  trigger: {
    kind: 'http',
    routes: [
      { method: 'GET', path: '/.well-known/openid-configuration', auth: 'public' },
      { method: 'GET', path: '/.well-known/oauth-authorization-server', auth: 'public' },
      { method: 'GET', path: '/.well-known/jwks.json', auth: 'public' },
    ],
  },
  memory: 512,
  timeout: 20,
  items: { Vault: { 'KEYRING#public': ['get'] } },
} as const satisfies Capability;
