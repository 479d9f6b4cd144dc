import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'mailer',
  summary: 'Decides which mail an event asks for, renders and sends it',
  trigger: { kind: 'streams', tables: ['Directory', 'Sessions'], batchSize: 10, maxAge: 21_600, buries: true },
  memory: 512,
  timeout: 25,
  items: {
    Directory: { IDENT: ['get'], SUPPRESS: ['get'], USER: ['get'] },
    Sessions: { MAIL: ['update'], TEXT: ['put'], RATE: ['update'], ALERT: ['update'] },
    Vault: { DATAKEY: ['get'], 'KEYRING#sealing': ['get'] },
  },
  opens: ['sealing'],
  sends: 'mail',
} as const satisfies Capability;
