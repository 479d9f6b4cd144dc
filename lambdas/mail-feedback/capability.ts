import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'mail-feedback',
  summary: 'Bounces and complaints mark an address',
  trigger: { kind: 'mail-feedback' },
  memory: 256,
  timeout: 10,
  items: { Directory: { SUPPRESS: ['update'], IDENT: ['get'] }, Vault: { 'KEYRING#sealing': ['get'] } },
  opens: ['sealing'],
} as const satisfies Capability;
