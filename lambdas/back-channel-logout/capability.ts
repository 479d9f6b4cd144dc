import type { Capability } from '../shared/domain/capability.ts';

export const capability = {
  name: 'back-channel-logout',
  summary: 'Tells clients which of their sessions have ended, and ends those that end with another one',
  trigger: {
    kind: 'events',
    events: [
      'browser_session.ended',
      'session.ended',
      'sessions.ended',
      'password.changed',
      'password.reset',
      'email.changed',
      'agreement.withdrawn',
    ],
  },
  memory: 512,
  timeout: 25,
  items: {
    Directory: { USER: ['get'] },
    Sessions: { SESSION: ['get'], GRANT: ['query', 'update'] },
    Vault: { 'KEYRING#signing': ['get'] },
  },
  opens: ['signing'],
} as const satisfies Capability;
